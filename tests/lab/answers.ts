import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';

/** Bytes of a medium in the order in which they are served. */
export interface MediaBody {
  readonly type: string;
  readonly parts: readonly Buffer[];
}

/** How an answer misbehaves while it is being sent. */
export type Trouble = 'hang' | 'drip' | 'stall' | 'cut';

export interface Answer {
  readonly status: number;
  readonly headers?: Record<string, string | readonly string[]>;
  readonly body?: string | Buffer;
  /** Served with Range and throttle instead of `body`. */
  readonly media?: MediaBody;
  readonly trouble?: Trouble;
  readonly bytesPerSecond?: number | undefined;
}

const CHUNK = 256 * 1024;
const TICK_MS = 50;

export const json = (value: unknown, status = 200, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body: JSON.stringify(value),
});

export const html = (body: string, status = 200, headers: Answer['headers'] = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8', ...headers },
  body: `<!DOCTYPE html>\n<html><head><meta charset="utf-8"></head><body>${body}</body></html>\n`,
});

export const xml = (body: string): Answer => ({
  status: 200,
  headers: { 'content-type': 'application/dash+xml' },
  body,
});

export const redirect = (location: string, status = 302): Answer => ({ status, headers: { location }, body: '' });

/** Accepts the connection and never answers. */
export const hang: Answer = { status: 200, trouble: 'hang' };

/** Begins to answer, shows every second that it is still there, and never ends: no time-out of a tool ends it either. */
export const drip: Answer = { status: 200, trouble: 'drip' };

const DRIP_MS = 1_000;

const sendDrip = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/json' });
  response.write(' ');
  const timer = setInterval(() => response.write(' '), DRIP_MS);
  response.once('close', () => clearInterval(timer));
};

const sizeOf = (parts: readonly Buffer[]): number => parts.reduce((sum, part) => sum + part.length, 0);

/** The slice `[from, to)` of the parts laid end to end, without copying. */
const slice = (parts: readonly Buffer[], from: number, to: number): Buffer[] => {
  const found: Buffer[] = [];
  let start = 0;
  for (const part of parts) {
    const end = start + part.length;
    if (end > from && start < to)
      found.push(part.subarray(Math.max(0, from - start), Math.min(part.length, to - start)));
    start = end;
  }
  return found;
};

/** The asked range as `[from, to)`, undefined without one, or null if it cannot be served. */
const parseRange = (header: string | undefined, size: number): readonly [number, number] | null | undefined => {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  const from = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const to = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  return from < to ? [from, to] : null;
};

/** Writes chunk by chunk and stops when the client has gone. */
const trickle = async (
  response: ServerResponse,
  chunks: readonly Buffer[],
  bytesPerSecond: number | undefined,
): Promise<void> => {
  const step = bytesPerSecond === undefined ? CHUNK : Math.max(1, Math.round((bytesPerSecond * TICK_MS) / 1000));
  const gone = new AbortController();
  const { signal } = gone;
  response.once('close', () => gone.abort());
  try {
    for (const chunk of chunks)
      for (let at = 0; at < chunk.length && !signal.aborted; at += step) {
        if (!response.write(chunk.subarray(at, at + step))) await once(response, 'drain', { signal });
        if (bytesPerSecond !== undefined) await wait(TICK_MS, undefined, { signal });
      }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
};

const sendMedia = async (
  request: IncomingMessage,
  response: ServerResponse,
  answer: Answer,
  media: MediaBody,
): Promise<void> => {
  const size = sizeOf(media.parts);
  const range = parseRange(request.headers.range, size);
  const headers = { 'content-type': media.type, 'accept-ranges': 'bytes', ...answer.headers };
  if (range === null) {
    response.writeHead(416, { 'content-range': `bytes */${size}` }).end();
    return;
  }
  const [from, to] = range ?? [0, size];
  if (range === undefined) response.writeHead(200, { ...headers, 'content-length': size });
  else
    response.writeHead(206, {
      ...headers,
      'content-length': to - from,
      'content-range': `bytes ${from}-${to - 1}/${size}`,
    });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const limit = answer.trouble === 'cut' || answer.trouble === 'stall' ? Math.floor(size * 0.4) : size;
  const end = Math.max(from, Math.min(to, limit));
  await trickle(response, slice(media.parts, from, end), answer.bytesPerSecond);
  if (answer.trouble === 'stall' || response.destroyed) return;
  if (answer.trouble === 'cut') response.write('', () => response.destroy());
  else response.end();
};

/** Sends an answer. A hanging or stalled one ends when the client goes. */
export const send = async (request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> => {
  if (answer.trouble === 'hang') return;
  if (answer.trouble === 'drip') {
    sendDrip(response);
    return;
  }
  if (answer.media !== undefined) {
    await sendMedia(request, response, answer, answer.media);
    return;
  }
  const body = Buffer.from(answer.body ?? '');
  response.writeHead(answer.status, { ...answer.headers, 'content-length': body.length } as Record<
    string,
    string | string[] | number
  >);
  response.end(request.method === 'HEAD' ? undefined : body);
};
