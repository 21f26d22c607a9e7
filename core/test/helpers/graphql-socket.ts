import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { Scope } from './build-test-app.ts';

interface Frame {
  readonly type: string;
  readonly id?: string;
  readonly payload?: { readonly data?: Record<string, unknown>; readonly errors?: readonly unknown[] };
}

/** A client of graphql-transport-ws with one subscription. */
export class GraphQLSocket {
  readonly #socket: WebSocket;
  readonly #frames: Frame[] = [];
  #wake: (() => void) | undefined;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => {
      this.#frames.push(JSON.parse(data.toString()) as Frame);
      this.#wake?.();
    });
  }

  static async open(scope: Scope, origin: string, headers: Record<string, string>): Promise<GraphQLSocket> {
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    const client = new GraphQLSocket(socket);
    scope.after(async () => client.close());
    await once(socket, 'open');
    socket.send(JSON.stringify({ type: 'connection_init' }));
    await client.#frame();
    return client;
  }

  /** Returns when the server has begun to listen: it answers the ping that came after. */
  async subscribe(query: string): Promise<void> {
    this.#socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query } }));
    this.#socket.ping();
    await once(this.#socket, 'pong');
  }

  /** Data of the next event. */
  async next(): Promise<Record<string, unknown>> {
    const { payload } = await this.#frame();
    return payload?.data ?? { errors: payload };
  }

  async close(): Promise<void> {
    if (this.#socket.readyState === WebSocket.CLOSED) return;
    this.#socket.close();
    await once(this.#socket, 'close');
  }

  async #frame(): Promise<Frame> {
    for (;;) {
      const frame = this.#frames.shift();
      if (frame !== undefined) return frame;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}
