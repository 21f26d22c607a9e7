import { PAUSE, Turn } from '../pause.ts';
import { Verdict } from '../match/raw.ts';
import type { RawTest } from '../match/raw.ts';
import type { Collection } from '../store/collection.ts';
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
