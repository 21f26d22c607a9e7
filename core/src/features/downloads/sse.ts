import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { personOf } from '../accounts/index.ts';
import type { DownloadEmitter, DownloadEvent } from './events.ts';
import type { DownloadDoc } from './model.ts';

const HEARTBEAT_MS = 15_000;
/** Bytes that wait for a reader who does not take them; with more it is cut off. */
const MAX_WAITING_BYTES = 1024 * 1024;
/** Milliseconds in which such a reader may still learn why. */
const CUT_OFF_MS = 5_000;

interface Stream {
  /** Only this download's events. */
  readonly jobId?: string;
  /** Records that are told when missed events cannot be told any more. */
  readonly snapshot: () => Promise<readonly DownloadDoc[]>;
}

/** Server-sent events; open replies end with the session and before the server closes. */
export class EventStreams {
  readonly #app: FastifyInstance;
  readonly #events: DownloadEmitter;
  readonly #open = new Set<() => void>();

  constructor(app: FastifyInstance, events: DownloadEmitter) {
    this.#app = app;
    this.#events = events;
    app.addHook('preClose', async () => {
      for (const end of this.#open) end();
    });
  }

  async serve(request: FastifyRequest, reply: FastifyReply, { jobId, snapshot }: Stream): Promise<void> {
    const { id: userId, sessionId } = personOf(request);
    const lastEventId = request.headers['last-event-id'];
    const missed = typeof lastEventId === 'string' ? this.#events.since(lastEventId) : undefined;
    // What happens while the records are read comes after them.
    const waiting: DownloadEvent[] = [];
    let send = (event: DownloadEvent): void => void waiting.push(event);
    const listener = (event: DownloadEvent): void => {
      if (event.userId === userId && (jobId === undefined || event.jobId === jobId)) send(event);
    };
    if (missed === undefined) this.#events.on('event', listener);
    let records: readonly DownloadDoc[];
    try {
      records = missed === undefined ? await snapshot() : [];
    } catch (error) {
      this.#events.off('event', listener);
      throw error;
    }
    missed?.forEach(listener);
    if (missed !== undefined) this.#events.on('event', listener);

    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...headersOf(reply),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    send = ({ id, name, data }) => {
      if (raw.writableEnded) return;
      raw.write(`id: ${this.#events.epoch}-${id}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
      if (raw.writableLength > MAX_WAITING_BYTES) cutOff();
    };
    raw.write('retry: 2000\n\n');
    for (const { _id, status, stage, progress } of records) {
      raw.write(`event: job-update\ndata: ${JSON.stringify({ jobId: _id.toString(), status, stage, progress })}\n\n`);
    }
    // It may come back with its last id and get what it missed, or the present state.
    const cutOff = (): void => {
      request.log.info('A reader of events was too slow.');
      raw.write('event: closed\ndata: {"reason":"too slow"}\n\n');
      end();
      const timer = setTimeout(() => raw.destroy(), CUT_OFF_MS);
      raw.once('close', () => clearTimeout(timer));
    };
    const heartbeat = setInterval(() => raw.write(': \n\n'), HEARTBEAT_MS);
    const end = (): void => {
      clearInterval(heartbeat);
      this.#events.off('event', listener);
      this.#open.delete(end);
      release();
      raw.end();
    };
    const release = this.#app.accounts.connections.add(sessionId, end);
    this.#open.add(end);
    waiting.forEach(send);
    if (raw.destroyed || raw.closed) end();
    else raw.on('close', end);
  }
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const given = Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
