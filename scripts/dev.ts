import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './steps.ts';

/** The server restarts on a change of core, sdk or plugins; Vite serves the web app and passes API calls on. */
const children = [
  spawn(
    process.execPath,
    ['--watch-path=core/src', '--watch-path=sdk/src', '--watch-path=plugins', 'core/src/main.ts'],
    { cwd: ROOT, stdio: 'inherit' },
  ),
  spawn(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js')], { cwd: join(ROOT, 'ui'), stdio: 'inherit' }),
];
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    for (const child of children) child.kill('SIGTERM');
  });
}
await Promise.race(children.map((child) => new Promise((resolve) => child.once('exit', resolve))));
for (const child of children) child.kill('SIGTERM');
