import WebSocket from 'ws';
import type { Logger } from 'pino';
import { MAX_MESSAGE_LENGTH, formatMessage, parseServerMessage } from '../channel/codec.ts';
import type { ServerMessage, WorkerMessage } from '../channel/messages.ts';
import type { JobRef } from './staging.ts';
import { parseUnreadableAssign } from './unreadable-assign.ts';

export interface ChannelClientOptions {
  readonly url: string;
  readonly token: string;
  readonly log: Logger;
  /** Called on every new connection, before anything else is sent. */
  readonly onOpen: () => void;
  readonly onMessage: (message: ServerMessage) => void;
  /** Called for an assignment that is refused, but says which job it is. */
  readonly onUnreadable: (job: JobRef, problem: string) => void;
}

/** A worker's connection to its server, made again and again until the worker retires. */
export interface ChannelClient {
  /** @returns false when there is no connection: the message is lost */
  send(message: WorkerMessage): boolean;
  /** Asks the server for a sign of life. A connection that has been silent for too long is given up. */
  ping(silenceLimitMs: number): void;
  /** Milliseconds since the server was last heard. */
  silence(): number;
  /** Makes no further connection; resolves when the present one has ended. */
  retire(): Promise<void>;
  close(): Promise<void>;
}

const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 10_000;
const CLOSE_GRACE_MS = 2_000;

/** Wait before the n-th try in a row, spread so that many workers do not come at once. */
export function computeReconnectDelay(tries: number, random: number): number {
  const full = Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** Math.min(tries, 16));
  return full / 2 + (full / 2) * random;
}

export function createChannelClient(options: ChannelClientOptions): ChannelClient {
  const { url, token, log, onOpen, onMessage, onUnreadable } = options;
  let socket: WebSocket;
  let tries = 0;
  let retired = false;
  let lastHeard = performance.now();
  let timer: NodeJS.Timeout | undefined;

  const heard = (): void => {
    lastHeard = performance.now();
  };
  const receive = (text: string): void => {
    heard();
    const parsed = parseServerMessage(text);
    if ('message' in parsed) onMessage(parsed.message);
    else {
      log.warn({ problem: parsed.problem }, 'The server sent a message that is refused.');
      const job = parseUnreadableAssign(text);
      if (job !== undefined) onUnreadable(job, parsed.problem);
    }
  };
  const connect = (): void => {
    const current = new WebSocket(url, {
      headers: { authorization: `Bearer ${token}` },
      handshakeTimeout: 10_000,
      maxPayload: MAX_MESSAGE_LENGTH * 4,
      perMessageDeflate: false,
    });
    socket = current;
    current.on('open', () => {
      heard();
      tries = 0;
      log.info('Connected to the server.');
      onOpen();
    });
    current.on('message', (data: Buffer, isBinary) => {
      if (!isBinary) receive(data.toString('utf8'));
    });
    current.on('ping', heard);
    current.on('pong', heard);
    current.on('error', (error) => log.debug({ err: error }, 'The connection to the server failed.'));
    current.on('close', (code) => {
      if (retired) return;
      const delay = computeReconnectDelay(tries++, Math.random());
      log.info({ code, delay: Math.round(delay) }, 'No connection to the server; trying again.');
      timer = setTimeout(connect, delay);
    });
  };
  connect();
  const retire = async (): Promise<void> => {
    retired = true;
    clearTimeout(timer);
    if (socket.readyState === WebSocket.CLOSED) return;
    const { promise, resolve } = Promise.withResolvers<undefined>();
    socket.once('close', () => resolve(undefined));
    if (socket.readyState === WebSocket.CONNECTING) socket.terminate();
    await promise;
  };

  return {
    send(message) {
      if (socket.readyState !== WebSocket.OPEN) return false;
      socket.send(formatMessage(message));
      return true;
    },
    ping(silenceLimitMs) {
      if (socket.readyState !== WebSocket.OPEN) return;
      if (performance.now() - lastHeard > silenceLimitMs) socket.terminate();
      else socket.ping();
    },
    silence: () => performance.now() - lastHeard,
    retire,
    async close() {
      const ended = retire();
      const force = setTimeout(() => socket.terminate(), CLOSE_GRACE_MS);
      if (socket.readyState === WebSocket.OPEN) socket.close(1000);
      await ended;
      clearTimeout(force);
    },
  };
}
