import { buildAll } from './build/index.ts';

if (!(await buildAll())) process.stderr.write('Everything is up to date.\n');
