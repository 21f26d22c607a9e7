import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { DownloadEmitter, DownloadEvent } from './events.ts';
import type { DownloadDoc } from './model.ts';

const HEARTBEAT_MS = 15_000;

interface Stream {
  readonly userId: string;
  /** Only this download's events. */
  readonly jobId?: string;
  /** Records that are told when missed events cannot be told any more. */
  readonly snapshot: () => Promise<readonly DownloadDoc[]>;
}

/** Server-sent events; open replies end before the server closes. */
export class EventStreams {
  readonly #events: DownloadEmitter;
  readonly #open = new Set<() => void>();

  constructor(app: FastifyInstance, events: DownloadEmitter) {
    this.#events = events;
    app.addHook('preClose', async () => {
      for (const end of this.#open) end();
    });
  }

  async serve(request: FastifyRequest, reply: FastifyReply, stream: Stream): Promise<void> {
    const { userId, jobId } = stream;
    const lastEventId = request.headers['last-event-id'];
    const wanted = (event: DownloadEvent): boolean =>
      event.userId === userId && (jobId === undefined || event.jobId === jobId);
    const missed = typeof lastEventId === 'string' ? this.#events.since(lastEventId) : undefined;
    const snapshot = missed === undefined ? await stream.snapshot() : [];

    reply.hijack();
    const { raw } = reply;
    raw.writeHead(200, {
      ...headersOf(reply),
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    });
    const write = (event: DownloadEvent): void => {
      if (wanted(event))
        raw.write(
          `id: ${this.#events.epoch}-${event.id}\nevent: ${event.name}\ndata: ${JSON.stringify(event.data)}\n\n`,
        );
    };
    raw.write('retry: 2000\n\n');
    for (const { _id, status, stage, progress } of snapshot) {
      raw.write(`event: job-update\ndata: ${JSON.stringify({ jobId: _id.toString(), status, stage, progress })}\n\n`);
    }
    missed?.forEach(write);
    this.#events.on('event', write);
    const heartbeat = setInterval(() => raw.write(': \n\n'), HEARTBEAT_MS);
    const end = (): void => {
      clearInterval(heartbeat);
      this.#events.off('event', write);
      this.#open.delete(end);
      raw.end();
    };
    this.#open.add(end);
    raw.on('close', end);
  }
}

function headersOf(reply: FastifyReply): Record<string, string> {
  const given = Object.entries(reply.getHeaders()).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}
