import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import test from 'node:test';
import { parseServerMessage } from '../../../src/channel/codec.ts';
import type { ServerMessage } from '../../../src/channel/messages.ts';
import { WorkerConnections } from '../../../src/features/downloads/connections.ts';
import type { WorkerConnection } from '../../../src/features/downloads/connections.ts';
import { RenditionOrders } from '../../../src/features/downloads/rendition-orders.ts';
import { Untried } from '../../../src/features/library/index.ts';

const ORDER = {
  jobId: 'a'.repeat(24),
  attempt: 1,
  media: { sha256: '0'.repeat(64), ext: 'mp4', kind: 'video' as const },
};

/** A worker at the other end of the line that says only what the test says. */
function workerThat(makes: readonly string[]) {
  const heard: ServerMessage[] = [];
  const told = new EventEmitter();
  const socket = {
    ...{ readyState: 1, OPEN: 1 },
    send(text: string) {
      const parsed = parseServerMessage(text);
      assert.ok('message' in parsed);
      heard.push(parsed.message);
      told.emit('message');
    },
  };
  const worker: WorkerConnection = {
    ...{
      workerId: 'w',
      version: '0',
      slots: 1,
      jobs: new Set<string>(),
      stopping: new Map(),
      confidential: true,
      makes,
    },
    // Only what is sent is looked at.
    socket: socket as unknown as WorkerConnection['socket'],
  };
  return { worker, heard, told };
}

function ordersTo(worker: WorkerConnection, silenceMs?: number): RenditionOrders {
  const connections = new WorkerConnections();
  connections.add(worker);
  return new RenditionOrders({
    connections,
    mediaRoot: { staging: '/nowhere' },
    terms: async () => ({ processors: [], settings: {}, maxFileBytes: 1, reserveBytes: 0 }),
    ...(silenceMs !== undefined && { silenceMs }),
  });
}

const render = async (orders: RenditionOrders, seen: number[] = []) =>
  orders.render({ ...ORDER, signal: new AbortController().signal, onProgress: (progress) => seen.push(progress) });

test('a worker that never answers is given up, and told so', async () => {
  const { worker, heard } = workerThat(['playable']);
  await assert.rejects(render(ordersTo(worker, 1)), { code: 'MF_ERR_UNAVAILABLE' });
  assert.deepEqual(
    heard.map(({ type }) => type),
    ['make-playable', 'cancel'],
  );
});

test('a word about how far it is gives it time anew', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const { worker, told } = workerThat(['playable']);
  const orders = ordersTo(worker, 1000);
  const seen: number[] = [];
  let over = false;
  const sent = once(told, 'message');
  const made = render(orders, seen).finally(() => (over = true));
  const refused = assert.rejects(made, { code: 'MF_ERR_UNAVAILABLE' });
  await sent;
  const { jobId, attempt } = ORDER;
  for (const progress of [1, 2]) {
    t.mock.timers.tick(999);
    orders.take(worker, { type: 'rendition-progress', jobId, attempt, progress });
  }
  t.mock.timers.tick(999);
  await new Promise(setImmediate);
  assert.deepEqual([seen, over], [[1, 2], false]);
  t.mock.timers.tick(1);
  await refused;
});

test('a worker that does not say that it makes files playable is not asked', async () => {
  const { worker, heard } = workerThat([]);
  await assert.rejects(render(ordersTo(worker, 1)), Untried);
  assert.deepEqual(heard, []);
});
