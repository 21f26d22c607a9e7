import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../steps.ts';

/** Code of the server, its workers and their runners, and what it reads of the plugins. */
const WATCHED = ['core/src', 'core/embedded-mongo/src', 'sdk/src', 'plugins'];
const RELEVANT = /(?:\.ts|package\.json|icon\.svg)$/;
const LEFT_OUT = /(?:^|\/)(?:node_modules|dist|test)\//;
/** An editor that saves writes a file more than once. */
const SETTLE_MS = 150;

export interface RestartingServer {
  /** Ends the server for good. */
  stop(): Promise<void>;
}

/** Runs the server from its sources; a change of one ends it cleanly and starts it again. */
export function startRestartingServer(log: (line: string) => void): RestartingServer {
  let child: ChildProcess | undefined;
  let stopped = false;
  let restarting = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;

  const start = (): void => {
    const started = spawn(process.execPath, ['core/src/main.ts'], { cwd: ROOT, stdio: 'inherit' });
    child = started;
    started.once('exit', (code) => {
      if (child !== started) return;
      child = undefined;
      if (!stopped) log(`The server ended (${String(code)}); it starts again with the next change.`);
    });
  };
  const restart = async (path: string): Promise<void> => {
    if (stopped) return;
    log(`${path} has changed: the server starts again.`);
    await end(child);
    start();
  };
  const watchers = WATCHED.map((folder) =>
    watch(join(ROOT, folder), { recursive: true }, (_event, name) => {
      const path = join(folder, name ?? '');
      if (!RELEVANT.test(path) || LEFT_OUT.test(path)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        restarting = restarting.then(async () => restart(path));
      }, SETTLE_MS);
    }),
  );
  start();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
      await restarting;
      await end(child);
    },
  };
}

/** Asks a process to end, and waits. */
export async function end(child: ChildProcess | undefined): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  child.once('exit', () => resolve(undefined));
  child.kill('SIGTERM');
  await promise;
}
