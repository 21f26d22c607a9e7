import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';
import { formatMessage, parseWorkerMessage } from '../../../src/channel/codec.ts';
import type { ServerMessage, WorkerMessage } from '../../../src/channel/messages.ts';

type MessageOf<Type extends WorkerMessage['type']> = Extract<WorkerMessage, { type: Type }>;

export const TOKEN = 'a token';

/** The server's end of the channel, as a test holds it in its hands. */
export interface TestServer {
  readonly url: string;
  /** All messages that came, over all connections. */
  readonly received: readonly WorkerMessage[];
  /** The next message of a type that fits; each is handed out once. */
  next<Type extends WorkerMessage['type']>(
    type: Type,
    fits?: (message: MessageOf<Type>) => boolean,
  ): Promise<MessageOf<Type>>;
  send(message: ServerMessage): void;
  /** Breaks the connection. */
  drop(): void;
  /** Breaks the connection and takes no other until {@link TestServer.open}. */
  shut(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
}

/** Ends of an attempt: whoever waits for one of them and gets the other has waited long enough. */
const ENDS: readonly string[] = ['staged', 'failed', 'paused'];

function isSame(one: WorkerMessage, other: WorkerMessage): boolean {
  return one.type === other.type && JSON.stringify(one) === JSON.stringify(other);
}

interface Waiter {
  readonly type: WorkerMessage['type'];
  readonly fits: (message: WorkerMessage) => boolean;
  readonly resolve: (message: WorkerMessage) => void;
  readonly reject: (error: Error) => void;
}

export async function createTestServer(): Promise<TestServer> {
  const received: WorkerMessage[] = [];
  const unread: WorkerMessage[] = [];
  let waiters: Waiter[] = [];
  let socket: WebSocket | undefined;
  let server: WebSocketServer | undefined;
  let port = 0;

  const receive = (text: string): void => {
    const parsed = parseWorkerMessage(text);
    if ('problem' in parsed) throw new Error(`The worker sent what is refused: ${parsed.problem}`);
    const again = received.some((earlier) => isSame(earlier, parsed.message));
    received.push(parsed.message);
    const waiter = waiters.find(({ fits }) => fits(parsed.message));
    waiters = waiters.filter((each) => each !== waiter);
    for (const { type, reject } of ENDS.includes(parsed.message.type) ? waiters : []) {
      // An end is sent again until its ack has come: what was seen already ends nothing new.
      const wrong = ENDS.includes(type) && waiter === undefined && !again;
      if (wrong) reject(new Error(`Waited for ${type}, got ${JSON.stringify(parsed.message)}`));
    }
    if (waiter === undefined) unread.push(parsed.message);
    else waiter.resolve(parsed.message);
  };
  const open = async (): Promise<void> => {
    server = new WebSocketServer({
      host: '127.0.0.1',
      port,
      path: '/base/worker',
      verifyClient: ({ req }: { req: IncomingMessage }) => req.headers.authorization === `Bearer ${TOKEN}`,
    });
    server.on('connection', (made) => {
      socket = made;
      made.on('message', (data: Buffer) => receive(data.toString('utf8')));
    });
    await once(server, 'listening');
    // A port is no pipe's name: it listens on an address.
    port = (server.address() as AddressInfo).port;
  };
  const shut = async (): Promise<void> => {
    const closing = server;
    server = undefined;
    for (const client of closing?.clients ?? []) client.terminate();
    await new Promise((resolve) => (closing === undefined ? resolve(undefined) : closing.close(resolve)));
  };
  await open();
  return {
    url: `ws://127.0.0.1:${port}/base/worker`,
    received,
    async next(type, fits = () => true) {
      // Told apart by its type.
      const wanted = (message: WorkerMessage): boolean =>
        message.type === type && fits(message as MessageOf<typeof type>);
      const index = unread.findIndex(wanted);
      if (index !== -1) return unread.splice(index, 1)[0] as MessageOf<typeof type>;
      const { promise, resolve, reject } = Promise.withResolvers<WorkerMessage>();
      waiters.push({ type, fits: wanted, resolve, reject });
      return (await promise) as MessageOf<typeof type>;
    },
    send: (message) => socket?.send(formatMessage(message)),
    drop: () => socket?.terminate(),
    shut,
    open,
    close: shut,
  };
}
