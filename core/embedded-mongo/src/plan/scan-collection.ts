import { Verdict } from '../match/raw.ts';
import type { RawTest } from '../match/raw.ts';
import { PAUSE, Turn } from '../pause.ts';
import type { Collection } from '../store/collection.ts';
import { release } from '../store/sqlite.ts';
import { Chunk } from './chunk.ts';
import { checkAlive } from './scan-checks.ts';
import type { ScanCounts, ScanRow } from './scan-checks.ts';

const BLOCK_BYTES = 384 * 1024;

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
  const { last, bytes } = collection.table.readBlock(from, size, backward, cut);
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
    numbers ??= collection.table.readRowNumbers(from, size, backward);
    const row = numbers[count] ?? 0;
    // A copy, because a few rows must not hold the whole block in memory.
    const own = length > cut ? collection.table.read(row) : Buffer.from(bytes.subarray(start, at));
    if (!own) continue;
    if (length > cut && verdict === Verdict.maybe) verdict = test(own, 0, length);
    if (verdict !== Verdict.no) rows.push({ row, bytes: own, sure: verdict === Verdict.yes });
  }
  const passed: Passed = { last, bytes: bytes.length, count, whole, rows };
  release(bytes);
  return passed;
}

/** Every document of a collection that passes, in the order of the rows. */
export function* scanCollection(
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
