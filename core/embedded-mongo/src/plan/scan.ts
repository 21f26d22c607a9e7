import { mongoError } from '../errors.ts';
import { PAUSE } from '../pause.ts';
import type { Collection, Row } from '../store/collection.ts';
import { bytesOf } from '../store/sqlite.ts';
import type { Access, IndexAccess } from './choose.ts';
import type { KeyRange } from './interval.ts';

/** What a scan has looked at. */
export interface ScanCounts {
  keys: number;
  documents: number;
}

const FIRST_CHUNK = 8;
const LARGEST_CHUNK = 256;
const CHUNK_BYTES = 1024 * 1024;
const TURN = 10;

/** How many rows to read at a time: few at first, more as long as they are small. */
class Chunk {
  size: number = FIRST_CHUNK;

  read(rows: readonly unknown[][]): void {
    let bytes = 0;
    for (const row of rows) bytes += (row[row.length - 1] as Uint8Array).byteLength;
    if (bytes > CHUNK_BYTES) this.size = Math.max(1, this.size >> 1);
    else this.size = Math.min(LARGEST_CHUNK, this.size * 2);
  }
}

/** Says when it is time to pause. */
class Turn {
  #until = performance.now() + TURN;

  over(): boolean {
    if (performance.now() < this.#until) return false;
    this.#until = performance.now() + TURN * 2;
    return true;
  }
}

function checkAlive(collection: Collection): void {
  if (collection.dropped) throw mongoError('QueryPlanKilled', `collection dropped or renamed: ${collection.namespace}`);
}

function* scanCollection(collection: Collection, backward: boolean, counts: ScanCounts): Generator<Row | typeof PAUSE> {
  const chunk = new Chunk();
  const turn = new Turn();
  let at = backward ? Number.MAX_SAFE_INTEGER : 0;
  for (;;) {
    checkAlive(collection);
    const size = chunk.size;
    const rows = backward ? collection.readRowsBack(at, size) : collection.readRows(at, size);
    chunk.read(rows);
    for (const [row, bytes] of rows) {
      at = row as number;
      counts.documents++;
      yield { row: at, bytes: bytesOf(bytes) };
    }
    if (rows.length < size) return;
    if (turn.over()) yield PAUSE;
  }
}

const NEXT = Buffer.from([0]);

function* readIdRange(collection: Collection, range: KeyRange, backward: boolean): Generator<unknown[][]> {
  let { start, end } = range;
  const chunk = new Chunk();
  for (;;) {
    checkAlive(collection);
    const size = chunk.size;
    const rows = backward ? collection.readKeysBack(start, end, size) : collection.readKeys(start, end, size);
    chunk.read(rows);
    const last = rows[rows.length - 1];
    yield rows;
    if (rows.length < size || !last) return;
    const key = bytesOf(last[0]);
    if (backward) end = key;
    else start = Buffer.concat([key, NEXT]);
  }
}

function* readIndexRange(collection: Collection, access: IndexAccess, range: KeyRange): Generator<unknown[][]> {
  const { index, backward } = access;
  if (!index) {
    yield* readIdRange(collection, range, backward);
    return;
  }
  const chunk = new Chunk();
  let key = backward ? range.end : range.start;
  let row = 0;
  for (;;) {
    checkAlive(collection);
    if (!collection.indexes.some((one) => one.id === index.id))
      throw mongoError('QueryPlanKilled', `index '${index.spec.name}' dropped`);
    const size = chunk.size;
    const rows = backward
      ? index.readDescending(key, row, range.start, size)
      : index.readAscending(key, row, range.end, size);
    chunk.read(rows);
    const last = rows[rows.length - 1];
    yield rows;
    if (rows.length < size || !last) return;
    key = bytesOf(last[0]);
    row = last[1] as number;
  }
}

function* scanIndex(collection: Collection, access: IndexAccess, counts: ScanCounts): Generator<Row | typeof PAUSE> {
  const turn = new Turn();
  const seen = access.multikey ? new Set<number>() : undefined;
  const ranges = access.backward ? access.ranges.toReversed() : access.ranges;
  for (const range of ranges) {
    for (const rows of readIndexRange(collection, access, range)) {
      for (const [, number, bytes] of rows) {
        const row = number as number;
        counts.keys++;
        if (seen?.has(row)) continue;
        seen?.add(row);
        counts.documents++;
        yield { row, bytes: bytesOf(bytes) };
      }
      if (turn.over()) yield PAUSE;
    }
  }
}

/** The rows of a plan, each once. Holds no statement open: it lives through writes between two rows. */
export function scanRows(collection: Collection, access: Access, counts: ScanCounts): Generator<Row | typeof PAUSE> {
  return access.kind === 'collection'
    ? scanCollection(collection, access.backward, counts)
    : scanIndex(collection, access, counts);
}
