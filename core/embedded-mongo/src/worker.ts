import { parentPort, workerData } from 'node:worker_threads';
import { Cursors } from './commands/cursors.ts';
import type { Engine } from './commands/engine.ts';
import { FailPoints } from './commands/fail-points.ts';
import { expireDocuments } from './commands/ttl.ts';
import { EngineError } from './engine-error.ts';
import type { Failure, Notice, Order, Stats, WorkerOptions } from './messages.ts';
import { Store } from './store/store.ts';
import { WireServer } from './wire/server.ts';

const SECOND = 1000;

function tell(notice: Notice): void {
  parentPort?.postMessage(notice);
}

function failureOf(error: unknown): Failure {
  const known = error instanceof EngineError ? error : undefined;
  return { code: known?.code, message: error instanceof Error ? error.message : String(error), pid: known?.pid };
}

function log(message: string, error: unknown): void {
  tell({
    kind: 'log',
    message: `${message}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  });
}

function statsOf(engine: Engine): Stats {
  return {
    connections: engine.connections(),
    cursors: engine.cursors.size,
    collections: engine.store.catalog.list().length,
    size: engine.store.size(),
    uptime: Date.now() - engine.startedAt,
    commands: Object.fromEntries(engine.counters),
  };
}

async function run(options: WorkerOptions): Promise<void> {
  const store = new Store(options.file, options.durability);
  const server = new WireServer(() => engine, log);
  const engine: Engine = {
    store,
    cursors: new Cursors(),
    startedAt: Date.now(),
    counters: new Map(),
    connections: () => server.connections,
    running: new Set(),
    expiry: { seconds: 60, enabled: true },
    failPoints: options.testCommands ? new FailPoints() : undefined,
  };
  let address;
  try {
    address = await server.listen(options.listen);
  } catch (error) {
    store.close();
    throw new EngineError(
      'EMBEDDED_MONGO_ADDRESS',
      `Cannot listen: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  }
  let lastExpiry = Date.now();
  let expiring = false;
  const chores = setInterval(() => {
    const now = Date.now();
    engine.cursors.expire(now);
    if (expiring || !engine.expiry.enabled || now - lastExpiry < engine.expiry.seconds * 1000) return;
    lastExpiry = now;
    expiring = true;
    expireDocuments(store, now)
      .catch((error: unknown) => log('expiry failed', error))
      .finally(() => {
        expiring = false;
      });
  }, SECOND);

  const obey = async (order: Order): Promise<Stats | number | null> => {
    switch (order.order) {
      case 'backup':
        await store.backup(order.path);
        return null;
      case 'stats':
        return statsOf(engine);
      case 'expire':
        return expireDocuments(store, Date.now());
      case 'close':
        clearInterval(chores);
        await server.close();
        store.close();
        return null;
    }
  };

  parentPort?.on('message', (order: Order) => {
    obey(order).then(
      (result) => {
        tell({ kind: 'done', id: order.id, result });
        if (order.order === 'close') parentPort?.close();
      },
      (error: unknown) => {
        tell({ kind: 'refused', id: order.id, failure: failureOf(error) });
        if (order.order === 'close') parentPort?.close();
      },
    );
  });
  tell({ kind: 'ready', address });
}

// The main thread hands over exactly these.
run(workerData as WorkerOptions).catch((error: unknown) => {
  tell({ kind: 'failed', failure: failureOf(error) });
  parentPort?.close();
});
