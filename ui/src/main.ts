import './app/mf-app.ts';
