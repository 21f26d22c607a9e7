import { PAUSE, Turn } from '../pause.ts';
import { Verdict } from '../match/raw.ts';
import type { RawTest } from '../match/raw.ts';
import type { Collection } from '../store/collection.ts';
import type { IndexTable } from '../store/index-table.ts';
import { bytesOf } from '../store/sqlite.ts';
import type { Access, IndexAccess } from './access.ts';
import type { KeyRange } from './interval.ts';
import { Chunk } from './chunk.ts';
import { checkAlive, checkIndex } from './scan-checks.ts';
import type { ScanCounts, ScanRow } from './scan-checks.ts';
import { scanCollection } from './scan-collection.ts';
import { scanMerged } from './scan-merged.ts';

export { checkAlive } from './scan-checks.ts';
export type { ScanCounts } from './scan-checks.ts';

const everything: RawTest = () => Verdict.yes;

const NEXT = Buffer.from([0]);

function* readIdRange(collection: Collection, range: KeyRange, backward: boolean): Generator<unknown[][]> {
  const { table } = collection;
  let { start, end } = range;
  const chunk = new Chunk();
  for (;;) {
    checkAlive(collection);
    const size = chunk.size;
    const rows = backward ? table.readKeysBack(start, end, size) : table.readKeys(start, end, size);
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
  const { index, backward, judge } = access;
  if (!index) {
    yield* readIdRange(collection, range, backward);
    return;
  }
  const read = readerOf(index, range, backward, judge !== undefined);
  const chunk = new Chunk();
  let key = backward ? range.end : range.start;
  let row = 0;
  for (;;) {
    checkIndex(collection, index);
    const size = chunk.size;
    const rows = read(key, row, size);
    chunk.read(rows);
    const last = rows[rows.length - 1];
    yield rows;
    if (rows.length < size || !last) return;
    key = bytesOf(last[0]);
    row = last[1] as number;
  }
}

/** Reads so many entries behind a place of an index: with their documents, or the keys alone where those are judged. */
function readerOf(
  index: IndexTable,
  { start, end }: KeyRange,
  backward: boolean,
  judged: boolean,
): (key: Buffer, row: number, size: number) => unknown[][] {
  if (judged)
    return backward
      ? (key, row, size) => index.readKeysBack(key, row, start, size)
      : (key, row, size) => index.readKeys(key, row, end, size);
  return backward
    ? (key, row, size) => index.readDescending(key, row, start, size)
    : (key, row, size) => index.readAscending(key, row, end, size);
}

function* scanIndex(
  collection: Collection,
  access: IndexAccess,
  counts: ScanCounts,
  test: RawTest,
  seen = access.multikey ? new Set<number>() : undefined,
): Generator<ScanRow | typeof PAUSE> {
  const turn = new Turn();
  const { judge } = access;
  const ranges = access.backward ? access.ranges.toReversed() : access.ranges;
  for (const range of ranges) {
    for (const rows of readIndexRange(collection, access, range)) {
      for (const [key, number, bytes] of rows) {
        const row = number as number;
        counts.keys++;
        if (seen?.has(row) || judge?.(bytesOf(key)) === false) continue;
        seen?.add(row);
        const own = judge ? collection.table.read(row) : bytesOf(bytes);
        if (!own) continue;
        counts.documents++;
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
