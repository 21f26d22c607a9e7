import { mongoError } from '../errors.ts';
import { encode } from '../bson/encode.ts';
import { Type } from '../bson/values.ts';
import type { Value } from '../bson/values.ts';
import { PAUSE, nextTurn } from '../pause.ts';

/** The documents of a cursor as bytes, with pauses between. */
export type ByteSource = Iterator<Buffer | typeof PAUSE>;

interface Cursor {
  readonly id: bigint;
  readonly namespace: string;
  readonly source: ByteSource;
  readonly timeout: boolean;
  /** A document that was read and did not fit into the last batch. */
  held: Buffer | undefined;
  lastUsed: number;
  busy: boolean;
}

const FIRST_BATCH = 101;
const BATCH_BYTES = 16 * 1024 * 1024 - 4096;
const IDLE = 10 * 60 * 1000;

interface Batch {
  readonly documents: readonly Buffer[];
  readonly done: boolean;
}

async function fill(cursor: Cursor, most: number): Promise<Batch> {
  const documents: Buffer[] = [];
  let bytes = 0;
  while (documents.length < most) {
    let next = cursor.held;
    cursor.held = undefined;
    if (!next) {
      const step = cursor.source.next();
      if (step.done) return { documents, done: true };
      if (step.value === PAUSE) {
        await nextTurn();
        continue;
      }
      next = step.value;
    }
    if (documents.length > 0 && bytes + next.length > BATCH_BYTES) {
      cursor.held = next;
      break;
    }
    documents.push(next);
    bytes += next.length + 16;
  }
  return { documents, done: false };
}

/** Reads one more, so that a result that fits exactly leaves no cursor. */
async function atEnd(cursor: Cursor): Promise<boolean> {
  if (cursor.held) return false;
  for (;;) {
    const step = cursor.source.next();
    if (step.done) return true;
    if (step.value !== PAUSE) {
      cursor.held = step.value;
      return false;
    }
    await nextTurn();
  }
}

/** How a first batch is asked for. */
export interface FirstBatch {
  readonly namespace: string;
  /** @default 101 */
  readonly batchSize: number | undefined;
  readonly single: boolean;
  readonly noTimeout?: boolean;
}

/** The open cursors. */
export class Cursors {
  readonly #open = new Map<bigint, Cursor>();
  #last: bigint = BigInt(Date.now()) << 16n;

  get size(): number {
    return this.#open.size;
  }

  /** Answers find or aggregate: the first batch, and a cursor when there is more. */
  async start(source: ByteSource, wanted: FirstBatch): Promise<Buffer> {
    const cursor: Cursor = {
      id: ++this.#last,
      namespace: wanted.namespace,
      source,
      timeout: !wanted.noTimeout,
      held: undefined,
      lastUsed: Date.now(),
      busy: false,
    };
    const { documents, done } = await fill(cursor, wanted.batchSize ?? FIRST_BATCH);
    const keep = !done && !wanted.single && (wanted.batchSize === 0 || !(await atEnd(cursor)));
    if (keep) this.#open.set(cursor.id, cursor);
    return cursorReply('firstBatch', documents, keep ? cursor.id : 0n, wanted.namespace);
  }

  /** @throws MongoError 43 for an id that is not open */
  async next(id: bigint, namespace: string, batchSize: number | undefined): Promise<Buffer> {
    const cursor = this.#open.get(id);
    if (!cursor || cursor.busy) throw mongoError('CursorNotFound', `cursor id ${id} not found`);
    if (cursor.namespace !== namespace) {
      throw mongoError(
        'Unauthorized',
        `Requested getMore on namespace '${namespace}', but cursor belongs to a different namespace ${cursor.namespace}`,
      );
    }
    cursor.busy = true;
    cursor.lastUsed = Date.now();
    try {
      const { documents, done } = await fill(cursor, batchSize === undefined || batchSize === 0 ? Infinity : batchSize);
      if (done) this.#open.delete(id);
      return cursorReply('nextBatch', documents, done ? 0n : id, namespace);
    } catch (error) {
      this.#open.delete(id);
      throw error;
    } finally {
      cursor.busy = false;
    }
  }

  kill(id: bigint): boolean {
    return this.#open.delete(id);
  }

  /** Forgets the cursors that nobody has asked for in ten minutes. */
  expire(now: number): void {
    for (const cursor of this.#open.values()) {
      if (cursor.timeout && !cursor.busy && now - cursor.lastUsed > IDLE) this.#open.delete(cursor.id);
    }
  }
}

const okElement = ((): Buffer => {
  const document = encode(new Map<string, Value>([['ok', 1]]));
  return document.subarray(4);
})();

const heads = new Map<string, Buffer>();

/** The bytes between a batch and the end: `id` and `ns`. */
function tail(id: bigint, namespace: string): Buffer {
  return encode(
    new Map<string, Value>([
      ['id', id],
      ['ns', namespace],
    ]),
  ).subarray(4);
}

function tailOf(id: bigint, namespace: string): Buffer {
  if (id !== 0n) return tail(id, namespace);
  let known = heads.get(namespace);
  if (!known) {
    if (heads.size > 1000) heads.clear();
    known = tail(id, namespace);
    heads.set(namespace, known);
  }
  return known;
}

const digits = (value: number): number =>
  value < 10
    ? 1
    : value < 100
      ? 2
      : value < 1000
        ? 3
        : value < 10_000
          ? 4
          : value < 100_000
            ? 5
            : value < 1_000_000
              ? 6
              : 7;

/** The body of a cursor reply, put together from stored bytes in one buffer. */
export function cursorReply(
  field: 'firstBatch' | 'nextBatch',
  documents: readonly Buffer[],
  id: bigint,
  namespace: string,
): Buffer {
  const end = tailOf(id, namespace);
  let arrayLength = 5;
  for (const [index, document] of documents.entries()) arrayLength += 2 + digits(index) + document.length;
  const innerLength = 4 + 1 + field.length + 1 + arrayLength + end.length;
  const total = 4 + 1 + 7 + innerLength + okElement.length;
  const bytes = Buffer.allocUnsafe(total);
  let at = bytes.writeInt32LE(total, 0);
  at = bytes.writeUInt8(Type.object, at);
  at += bytes.write('cursor\0', at, 'latin1');
  at = bytes.writeInt32LE(innerLength, at);
  at = bytes.writeUInt8(Type.array, at);
  at += bytes.write(`${field}\0`, at, 'latin1');
  at = bytes.writeInt32LE(arrayLength, at);
  for (let index = 0; index < documents.length; index++) {
    const document = documents[index];
    if (!document) continue;
    at = bytes.writeUInt8(Type.object, at);
    at += bytes.write(`${index}\0`, at, 'latin1');
    bytes.set(document, at);
    at += document.length;
  }
  at = bytes.writeUInt8(0, at);
  bytes.set(end, at);
  at += end.length;
  bytes.set(okElement, at);
  return bytes;
}
