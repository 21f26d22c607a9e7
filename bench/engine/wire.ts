import { once } from 'node:events';
import { createConnection } from 'node:net';
import type { Socket } from 'node:net';
import { deserialize, serialize } from 'bson';
import type { Document } from 'bson';

const HEADER = 16;
const OP_MSG = 2013;

/** The bytes of a command as OP_MSG carries it, with its documents as a sequence where there are some. */
export function message(
  command: Document,
  sequence?: { readonly name: string; readonly documents: Uint8Array[] },
): Buffer {
  const body = serialize(command);
  const parts: Uint8Array[] = [Buffer.alloc(HEADER + 5), body];
  if (sequence) {
    const head = Buffer.alloc(5 + sequence.name.length + 1);
    head.writeUInt8(1, 0);
    const bytes = sequence.documents.reduce((sum, document) => sum + document.length, 0);
    head.writeInt32LE(head.length - 1 + bytes, 1);
    head.write(`${sequence.name}\0`, 5, 'latin1');
    parts.push(head, ...sequence.documents);
  }
  const whole = Buffer.concat(parts);
  whole.writeInt32LE(whole.length, 0);
  whole.writeInt32LE(1, 4);
  whole.writeInt32LE(OP_MSG, 12);
  return whole;
}

/** A socket with one request on its way at a time: cheaper than a driver, so that the server is what is measured. */
export class RawClient {
  readonly #socket: Socket;
  #chunks: Buffer[] = [];
  #length = 0;
  #wake: ((reply: Buffer) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', (error) => this.#fail?.(error));
    socket.on('close', () => this.#fail?.(new Error('the connection closed')));
  }

  static async connect(path: string): Promise<RawClient> {
    const socket = createConnection(path);
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  #receive(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    const first = this.#chunks[0];
    if (!first || first.length < 4 || this.#length < first.readInt32LE(0)) return;
    const reply = this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#length);
    this.#chunks = [];
    this.#length = 0;
    this.#wake?.(reply);
  }

  /** Sends a message; resolves to the bytes of the reply. */
  send(bytes: Buffer): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#wake = resolve;
      this.#fail = reject;
      this.#socket.write(bytes);
    });
  }

  /** @throws Error when the server answers with one */
  async run(
    command: Document,
    sequence?: { readonly name: string; readonly documents: Uint8Array[] },
  ): Promise<Document> {
    return this.#check(await this.send(message(command, sequence)));
  }

  #check(reply: Buffer): Document {
    const document = deserialize(reply.subarray(HEADER + 5));
    if (document['ok'] !== 1 || document['writeErrors']) throw new Error(JSON.stringify(document));
    return document;
  }

  close(): void {
    this.#fail = undefined;
    this.#socket.destroy();
  }
}
