import { buildWebApp, step } from './steps.ts';

if ((await step('web app', buildWebApp)) === undefined) process.stderr.write('The web app is up to date.\n');
