import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { end, startRestartingServer } from './dev/restarting-server.ts';
import { ROOT } from './steps.ts';

/**
 * The server from its sources, started again on a change, and the web app by Vite, which passes the API on to it. What
 * stands behind `--` goes to Vite.
 */
const server = startRestartingServer((line) => process.stderr.write(`• ${line}\n`));
const vite = spawn(process.execPath, [join(ROOT, 'node_modules/vite/bin/vite.js'), ...process.argv.slice(2)], {
  cwd: join(ROOT, 'ui'),
  // Vite ends when its input does.
  stdio: ['ignore', 'inherit', 'inherit'],
});
const asked = Promise.withResolvers<number>();
vite.once('exit', (code) => asked.resolve(code ?? 1));
process.once('SIGINT', () => asked.resolve(0));
process.once('SIGTERM', () => asked.resolve(0));

const code = await asked.promise;
await Promise.all([server.stop(), end(vite)]);
process.exit(code);
