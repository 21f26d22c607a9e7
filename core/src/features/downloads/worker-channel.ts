import { timingSafeEqual } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { WebSocket } from '@fastify/websocket';
import { parseWorkerMessage } from '../../channel/codec.ts';
import type { WorkerMessage } from '../../channel/messages.ts';
import { isConfidential } from '../../confidential.ts';
import { CodedError } from '../../errors.ts';
import type { WorkerConnection, WorkerConnections } from './connections.ts';
import type { Dispatcher } from './dispatcher.ts';
import { LEASE_MS } from './queue.ts';
import type { RenditionOrders } from './rendition-orders.ts';
import type { ThumbnailOrders } from './thumbnail-orders.ts';
import type { WorkerMessages } from './worker-messages.ts';

/** A worker that does not say who it is in this time is none. */
const HELLO_MS = 10_000;

interface Dependencies {
  readonly token: string;
  readonly connections: WorkerConnections;
  readonly dispatcher: Dispatcher;
  readonly messages: WorkerMessages;
  readonly thumbnails: ThumbnailOrders;
  readonly renditions: RenditionOrders;
  /** Throws staging of jobs that are over away. */
  readonly sweep: () => Promise<void>;
}

/** The server's end of the worker channel: the WebSocket `/worker`. */
export function addWorkerChannel(app: FastifyInstance, dependencies: Dependencies): void {
  app.get(
    '/worker',
    {
      websocket: true,
      schema: { hide: true },
      config: { public: true },
      preValidation: async (request) => {
        if (!isToken(request, dependencies.token)) throw new CodedError('MF_ERR_UNAUTHENTICATED');
      },
    },
    (socket, request) => serveWorker(app, socket, request, dependencies),
  );
}

function isToken(request: FastifyRequest, token: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Nothing that comes after it waits for it. */
const TAKES_LONG: ReadonlySet<WorkerMessage['type']> = new Set<WorkerMessage['type']>(['staged', 'listed', 'expanded']);

function serveWorker(
  app: FastifyInstance,
  socket: WebSocket,
  request: FastifyRequest,
  dependencies: Dependencies,
): void {
  const { connections, dispatcher, messages, thumbnails, renditions, sweep } = dependencies;
  const log = app.log.child({ peer: request.ip });
  let worker: WorkerConnection | undefined;
  // One message after the other: a `staged` is never overtaken by what came after it.
  let tail: Promise<void> = Promise.resolve();
  const silence = setTimeout(() => socket.close(4001, 'no hello'), HELLO_MS).unref();

  const take = async (message: WorkerMessage): Promise<void> => {
    if (message.type === 'hello') {
      clearTimeout(silence);
      // Said twice it is still one worker.
      if (worker !== undefined) return messages.handle(worker, message);
      worker = {
        ...identity(message),
        socket,
        jobs: new Set(),
        stopping: new Map(),
        confidential: isConfidential(request),
      };
      connections.add(worker);
      log.info({ worker: worker.workerId, slots: worker.slots }, 'worker connected');
    }
    if (worker === undefined) throw new Error('A worker said something before hello.');
    if (message.type === 'thumbnails') thumbnails.take(worker, message);
    else if (message.type === 'rendition' || message.type === 'rendition-progress') renditions.take(worker, message);
    else await messages.handle(worker, message);
    if (message.type !== 'hello') return;
    dispatcher.wake();
    app.library.renditions.wake();
    // A worker that died could not clean up behind the jobs that were cancelled meanwhile; the one after it is here.
    await sweep();
  };

  socket.on('message', (data: Buffer) => {
    const parsed = parseWorkerMessage(data.toString());
    if ('problem' in parsed) {
      log.warn({ problem: parsed.problem }, 'worker message refused');
      return;
    }
    const { message } = parsed;
    const run = async (): Promise<void> =>
      take(message).catch((error: unknown) => log.error({ err: error, type: message.type }, 'worker message failed'));
    // Heartbeats renew leases: a long store stage must not hold them up.
    if (message.type === 'heartbeat') void run();
    else tail = TAKES_LONG.has(message.type) ? (void tail.then(run), tail) : tail.then(run);
  });
  socket.on('error', (error: Error) => log.warn({ err: error }, 'worker socket'));
  const pings = setInterval(() => socket.ping(), LEASE_MS / 6);
  socket.on('close', () => {
    clearTimeout(silence);
    clearInterval(pings);
    if (worker !== undefined) {
      connections.remove(worker);
      thumbnails.forget(worker);
      renditions.forget(worker);
    }
    log.info({ worker: worker?.workerId }, 'worker disconnected');
  });
}

function identity({ workerId, version, slots, makes = [] }: Extract<WorkerMessage, { type: 'hello' }>) {
  return { workerId, version, slots, makes };
}
