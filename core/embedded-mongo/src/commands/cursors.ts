import { mongoError } from '../errors.ts';
import { PAUSE, nextTurn } from '../pause.ts';
import { cursorReply } from './cursor-reply.ts';
import type { Operation } from './operation.ts';

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
  /** Milliseconds that reading may still take; the time between two batches does not count. */
  left: number;
}

const FIRST_BATCH = 101;
const BATCH_BYTES = 16 * 1024 * 1024 - 4096;
const IDLE = 10 * 60 * 1000;

interface Batch {
  readonly documents: readonly Buffer[];
  readonly done: boolean;
}

/** How many documents are made between two looks at the clock. */
const STRIDE = 64;

async function fill(cursor: Cursor, most: number, operation: Operation): Promise<Batch> {
  const documents: Buffer[] = [];
  let bytes = 0;
  while (documents.length < most) {
    let next = cursor.held;
    cursor.held = undefined;
    if (!next) {
      const step = cursor.source.next();
      if (step.done) return { documents, done: true };
      if (step.value === PAUSE) {
        operation.check();
        await nextTurn();
        continue;
      }
      next = step.value;
      if (documents.length % STRIDE === 0) operation.check();
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
async function atEnd(cursor: Cursor, operation: Operation): Promise<boolean> {
  if (cursor.held) return false;
  for (;;) {
    const step = cursor.source.next();
    if (step.done) return true;
    if (step.value !== PAUSE) {
      cursor.held = step.value;
      return false;
    }
    operation.check();
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
  async start(source: ByteSource, wanted: FirstBatch, operation: Operation): Promise<Buffer> {
    const cursor: Cursor = {
      id: ++this.#last,
      namespace: wanted.namespace,
      source,
      timeout: !wanted.noTimeout,
      held: undefined,
      lastUsed: Date.now(),
      busy: false,
      left: Infinity,
    };
    const { documents, done } = await fill(cursor, wanted.batchSize ?? FIRST_BATCH, operation);
    const keep = !done && !wanted.single && (wanted.batchSize === 0 || !(await atEnd(cursor, operation)));
    cursor.left = operation.left();
    if (keep) this.#open.set(cursor.id, cursor);
    return cursorReply('firstBatch', documents, keep ? cursor.id : 0n, wanted.namespace);
  }

  /** @throws MongoError 43 for an id that is not open */
  async next(id: bigint, namespace: string, batchSize: number | undefined, operation: Operation): Promise<Buffer> {
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
    operation.limit(cursor.left);
    try {
      const { documents, done } = await fill(
        cursor,
        batchSize === undefined || batchSize === 0 ? Infinity : batchSize,
        operation,
      );
      cursor.left = operation.left();
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
