import { chmodSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Engine } from '../commands/engine.ts';
import { Connection } from './connection.ts';
import type { Log } from './error-reply.ts';
import { Outbox } from './replies.ts';
import { Traffic } from './traffic.ts';

/** Where to listen: a unix socket, or a port of the loopback address (0 chooses one). */
export type Address = { readonly socket: string } | { readonly port: number };

/** How long a client may keep a shut-down waiting, in milliseconds. */
const GRACE = 2000;

/** Accepts clients. */
export class WireServer {
  readonly #server: Server;
  readonly #connections = new Map<Socket, Connection>();
  readonly #shared = { traffic: new Traffic(), outbox: new Outbox() };
  #address: Address | undefined;

  constructor(engine: () => Engine, log: Log) {
    this.#server = createServer({ noDelay: true }, (socket) => {
      const connection = new Connection(socket, engine(), log, this.#shared);
      this.#connections.set(socket, connection);
      socket.once('close', () => this.#connections.delete(socket));
    });
  }

  get connections(): number {
    return this.#connections.size;
  }

  /** Resolves to the address with the real port. */
  async listen(address: Address): Promise<Address> {
    // The database's lock is held, so a socket file that is there belongs to nobody.
    if ('socket' in address) rmSync(address.socket, { force: true });
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject);
      const done = (): void => {
        this.#server.off('error', reject);
        resolve();
      };
      if ('socket' in address) this.#server.listen({ path: address.socket }, done);
      else this.#server.listen({ port: address.port, host: '127.0.0.1' }, done);
    });
    if ('socket' in address) chmodSync(address.socket, 0o600);
    const bound = this.#server.address();
    this.#address = typeof bound === 'object' && bound ? { port: bound.port } : address;
    return this.#address;
  }

  /** Stops accepting, lets running commands finish, ends every connection. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()));
    for (const connection of this.#connections.values()) connection.close();
    const timer = setTimeout(() => {
      for (const socket of this.#connections.keys()) socket.destroy();
    }, GRACE);
    await closed;
    clearTimeout(timer);
    if (this.#address && 'socket' in this.#address) rmSync(this.#address.socket, { force: true });
  }
}
