import './app/mf-app.ts';
import { reloadWhenReplaced } from './app/service-worker.ts';

reloadWhenReplaced();
