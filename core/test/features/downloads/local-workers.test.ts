import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { test } from 'node:test';
import { pino } from 'pino';
import { LocalWorkers } from '../../../src/features/downloads/local-workers.ts';

/** What Node makes of a program that cannot be started: an error, and no exit. */
const refused = (): ChildProcess => spawn('/nowhere/node', [], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
const living = (): ChildProcess => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
const throwing = (): ChildProcess => {
  throw Object.assign(new Error('spawn node ENOMEM'), { code: 'ENOMEM' });
};

for (const [how, refuse] of [
  ['by an error', refused],
  ['at once', throwing],
] as const) {
  test(`a worker that the system refuses to start ${how} is started again`, async (t) => {
    const started = Promise.withResolvers<ChildProcess>();
    const starts = [refuse, refuse, living];
    const workers = new LocalWorkers({
      count: 1,
      serverId: 'here',
      environment: {},
      log: pino({ level: 'silent' }),
      onDeath: () => assert.fail('it never lived'),
      start: () => {
        const child = (starts.shift() ?? living)();
        if (starts.length === 0) started.resolve(child);
        return child;
      },
    });
    t.after(() => workers.close());
    // The pauses between the starts keep no process alive.
    const alive = setInterval(() => undefined, 1_000);
    t.after(() => clearInterval(alive));
    workers.start();
    const child = await started.promise;
    const ended = once(child, 'exit');
    await workers.close();
    await ended;
  });
}
