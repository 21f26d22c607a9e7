import { PAUSE, Turn } from '../pause.ts';
import { Verdict } from '../match/raw.ts';
import type { RawTest } from '../match/raw.ts';
import type { Collection } from '../store/collection.ts';
import { bytesOf, release } from '../store/sqlite.ts';
import type { Access, IndexAccess } from './access.ts';
import type { KeyRange } from './interval.ts';
import { checkAlive, checkIndex } from './scan-checks.ts';
import type { ScanCounts, ScanRow } from './scan-checks.ts';
import { scanMerged } from './scan-merged.ts';

export { checkAlive } from './scan-checks.ts';
export type { ScanCounts } from './scan-checks.ts';

const FIRST_CHUNK = 8;
const LARGEST_CHUNK = 256;
const CHUNK_BYTES = 1024 * 1024;
const BLOCK_BYTES = 384 * 1024;

/** How many rows to read at a time: few at first, more as long as they are small. */
class Chunk {
  size: number = FIRST_CHUNK;

  read(rows: readonly unknown[][]): void {
    let bytes = 0;
    for (const row of rows) bytes += (row[row.length - 1] as Uint8Array).byteLength;
    this.took(bytes, CHUNK_BYTES);
  }

  took(bytes: number, most: number): void {
    if (bytes > most) this.size = Math.max(1, this.size >> 1);
    else this.size = Math.min(LARGEST_CHUNK, this.size * 2);
  }
}

const everything: RawTest = () => Verdict.yes;

/** Longer documents do not travel whole in blocks. */
const LONGEST_CUT = 65_536;
const SHORTEST_CUT = 256;

/**
 * How much of each document to read. Copying documents is what costs in a scan, and the beginning of one often tells
 * that it does not match; but each one that is asked for more is read again by itself.
 */
class Cut {
  length: number = LONGEST_CUT;
  #short = SHORTEST_CUT;

  /** Learns from a block how many of its documents had to be whole. */
  learn(count: number, whole: number): void {
    if (whole * 8 <= count) this.length = this.#short;
    else if (this.length < LONGEST_CUT) this.length = this.#short *= 4;
  }
}

/** Where a block of documents lies. */
interface BlockPlace {
  readonly from: number;
  readonly size: number;
  readonly backward: boolean;
}

interface Passed {
  /** The row number of the block's last document; undefined when there are no more. */
  readonly last: number | undefined;
  readonly bytes: number;
  /** How many documents the block has. */
  readonly count: number;
  /** How many of them were needed whole. */
  readonly whole: number;
  readonly rows: readonly ScanRow[];
}

/** Reads a block: the documents that may satisfy a filter. */
function readPassing(collection: Collection, place: BlockPlace, cut: number, test: RawTest): Passed {
  const { from, size, backward } = place;
  const { last, bytes } = collection.readBlock(from, size, backward, cut);
  const rows: ScanRow[] = [];
  let numbers: readonly number[] | undefined;
  let count = 0;
  let whole = 0;
  for (let at = 0; at < bytes.length; count++) {
    const start = at;
    const length = bytes.readInt32LE(start);
    at += Math.min(length, cut);
    let verdict = test(bytes, start, at);
    if (verdict === Verdict.no) continue;
    whole++;
    numbers ??= collection.readRowNumbers(from, size, backward);
    const row = numbers[count] ?? 0;
    // A copy, because a few rows must not hold the whole block in memory.
    const own = length > cut ? collection.read(row) : Buffer.from(bytes.subarray(start, at));
    if (!own) continue;
    if (length > cut && verdict === Verdict.maybe) verdict = test(own, 0, length);
    if (verdict !== Verdict.no) rows.push({ row, bytes: own, sure: verdict === Verdict.yes });
  }
  const passed: Passed = { last, bytes: bytes.length, count, whole, rows };
  release(bytes);
  return passed;
}

function* scanCollection(
  collection: Collection,
  backward: boolean,
  counts: ScanCounts,
  test: RawTest,
): Generator<ScanRow | typeof PAUSE> {
  const chunk = new Chunk();
  const cut = new Cut();
  const turn = new Turn();
  let from = backward ? Number.MAX_SAFE_INTEGER : 0;
  for (;;) {
    checkAlive(collection);
    const { size } = chunk;
    const { last, bytes, count, whole, rows } = readPassing(collection, { from, size, backward }, cut.length, test);
    if (last === undefined) return;
    from = last;
    chunk.took(bytes, BLOCK_BYTES);
    cut.learn(count, whole);
    let seen = 0;
    for (const row of rows) {
      counts.documents++;
      seen++;
      yield row;
    }
    counts.documents += count - seen;
    if (count < size) return;
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
    checkIndex(collection, index);
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

function* scanIndex(
  collection: Collection,
  access: IndexAccess,
  counts: ScanCounts,
  test: RawTest,
  seen = access.multikey ? new Set<number>() : undefined,
): Generator<ScanRow | typeof PAUSE> {
  const turn = new Turn();
  const ranges = access.backward ? access.ranges.toReversed() : access.ranges;
  for (const range of ranges) {
    for (const rows of readIndexRange(collection, access, range)) {
      for (const [, number, bytes] of rows) {
        const row = number as number;
        counts.keys++;
        if (seen?.has(row)) continue;
        seen?.add(row);
        counts.documents++;
        const own = bytesOf(bytes);
        const verdict = test(own, 0, own.length);
        if (verdict !== Verdict.no) yield { row, bytes: own, sure: verdict === Verdict.yes };
      }
      if (turn.over()) yield PAUSE;
    }
  }
}

/**
 * The rows of a plan that pass a raw test, each once. Holds no statement open: it lives through writes between two rows.
 */
export function scanRows(
  collection: Collection,
  access: Access,
  counts: ScanCounts,
  test: RawTest = everything,
): Generator<ScanRow | typeof PAUSE> {
  switch (access.kind) {
    case 'collection':
      return scanCollection(collection, access.backward, counts, test);
    case 'index':
      return access.index && access.heads
        ? scanMerged(collection, { ...access, index: access.index, heads: access.heads }, counts, test)
        : scanIndex(collection, access, counts, test);
    case 'union':
      return scanUnion(collection, access.branches, counts, test);
  }
}

function* scanUnion(
  collection: Collection,
  branches: readonly IndexAccess[],
  counts: ScanCounts,
  test: RawTest,
): Generator<ScanRow | typeof PAUSE> {
  const seen = new Set<number>();
  for (const branch of branches) yield* scanIndex(collection, branch, counts, test, seen);
}
