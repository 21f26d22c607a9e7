import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { deserialize, serialize } from 'bson';
import type { Document } from 'bson';
import type { EmbeddedMongo } from '../../src/index.ts';

/** The bytes of an OP_MSG with one body. */
export function message(command: Document | Buffer, flags = 0): Buffer {
  const body = Buffer.isBuffer(command) ? command : Buffer.from(serialize(command));
  return frame(2013, Buffer.concat([uint32(flags), Buffer.from([0]), body]));
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

/** A message of any kind, whose header says the truth unless a length is given. */
export function frame(opCode: number, payload: Buffer, length: number = payload.length + 16): Buffer {
  return Buffer.concat([uint32(length), uint32(1), uint32(0), uint32(opCode), payload]);
}

/** A socket without a driver. */
export class RawClient {
  readonly socket: Socket;
  #bytes: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket) {
    this.socket = socket;
    // How it ends is what the tests wait for.
    socket.on('error', () => undefined);
  }

  static async open(engine: EmbeddedMongo): Promise<RawClient> {
    const { address } = engine;
    const socket = 'socket' in address ? connect({ path: address.socket }) : connect({ port: address.port });
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  /** Sends bytes and waits for the next reply: undefined when the connection ends instead. */
  async ask(bytes: Buffer): Promise<Document | undefined> {
    this.socket.write(bytes);
    return this.next();
  }

  async next(): Promise<Document | undefined> {
    while (this.#bytes.length < 4 || this.#bytes.length < this.#bytes.readInt32LE(0)) {
      const chunk = await this.#chunk();
      if (!chunk) return undefined;
      this.#bytes = Buffer.concat([this.#bytes, chunk]);
    }
    const length = this.#bytes.readInt32LE(0);
    const reply = deserialize(this.#bytes.subarray(21, length));
    this.#bytes = this.#bytes.subarray(length);
    return reply;
  }

  #chunk(): Promise<Buffer | undefined> {
    if (this.socket.destroyed) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      const done = (chunk?: Buffer): void => {
        this.socket.off('data', done);
        this.socket.off('close', closed);
        resolve(chunk);
      };
      const closed = (): void => done();
      this.socket.once('data', done);
      this.socket.once('close', closed);
    });
  }

  /** Ends the socket at once. */
  async cut(): Promise<void> {
    if (this.socket.closed) return;
    const closed = once(this.socket, 'close');
    this.socket.destroy();
    await closed;
  }
}
