import { Verdict } from '../match/raw.ts';
import type { RawTest } from '../match/raw.ts';
import { PAUSE, Turn } from '../pause.ts';
import type { Collection } from '../store/collection.ts';
import type { IndexTable } from '../store/index-table.ts';
import { bytesOf } from '../store/sqlite.ts';
import type { IndexAccess } from './access.ts';
import type { KeyRange } from './interval.ts';
import { checkIndex } from './scan-checks.ts';
import type { ScanCounts, ScanRow } from './scan-checks.ts';

const FIRST_CHUNK = 4;
const LARGEST_CHUNK = 64;

export interface MergedAccess extends IndexAccess {
  readonly index: IndexTable;
  readonly heads: readonly number[];
}

/** One range of an index, entry by entry. Holds no statement open: it lives through writes between two entries. */
class Stream {
  /** The part of the entry's key that is compared with other streams. */
  order: Buffer;
  /** The whole key. */
  key: Buffer;
  row = 0;
  readonly #read: (key: Buffer, row: number, size: number) => unknown[][];
  readonly #head: number;
  #entries: unknown[][] = [];
  #at = 0;
  #size = FIRST_CHUNK;
  #ended = false;

  constructor({ index, backward }: MergedAccess, { start, end }: KeyRange, head: number) {
    this.#read = backward
      ? (key, row, size) => index.readKeysBack(key, row, start, size)
      : (key, row, size) => index.readKeys(key, row, end, size);
    this.#head = head;
    this.key = backward ? end : start;
    this.order = this.key;
  }

  /** Goes to the next entry; false at the end. */
  next(): boolean {
    if (this.#at === this.#entries.length) this.#fill();
    const entry = this.#entries[this.#at++];
    if (!entry) return false;
    this.key = bytesOf(entry[0]);
    this.order = this.key.subarray(this.#head);
    this.row = entry[1] as number;
    return true;
  }

  #fill(): void {
    this.#entries = this.#ended ? [] : this.#read(this.key, this.row, this.#size);
    this.#ended = this.#entries.length < this.#size;
    this.#size = Math.min(LARGEST_CHUNK, this.#size * 2);
    this.#at = 0;
  }
}

/** The streams by their next entries: the first one is at the top. */
class Streams {
  readonly #heap: Stream[] = [];
  readonly #sign: 1 | -1;

  constructor(streams: readonly Stream[], backward: boolean) {
    this.#sign = backward ? -1 : 1;
    this.#heap = streams.filter((stream) => stream.next());
    for (let at = this.#heap.length >> 1; at >= 0; at--) this.#sink(at);
  }

  get top(): Stream | undefined {
    return this.#heap[0];
  }

  /** Takes the top one to its next entry. */
  advance(): void {
    const [top] = this.#heap;
    if (!top?.next()) {
      const last = this.#heap.pop();
      if (last === undefined || last === top) return;
      this.#heap[0] = last;
    }
    this.#sink(0);
  }

  #before(left: Stream, right: Stream): boolean {
    return (Buffer.compare(left.order, right.order) || left.row - right.row) * this.#sign < 0;
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const moved = heap[from];
    if (!moved) return;
    let at = from;
    for (;;) {
      let child = at * 2 + 1;
      const [left, right] = [heap[child], heap[child + 1]];
      if (!left) break;
      if (right && this.#before(right, left)) child++;
      const least = heap[child];
      if (!least || !this.#before(least, moved)) break;
      heap[at] = least;
      at = child;
    }
    heap[at] = moved;
  }
}

/** The documents of several ranges of an index in one order. Each is fetched when its turn comes. */
export function* scanMerged(
  collection: Collection,
  access: MergedAccess,
  counts: ScanCounts,
  test: RawTest,
): Generator<ScanRow | typeof PAUSE> {
  const { index, ranges, heads, backward, multikey, judge } = access;
  checkIndex(collection, index);
  const seen = multikey ? new Set<number>() : undefined;
  const turn = new Turn();
  const streams = new Streams(
    ranges.map((range, at) => new Stream(access, range, heads[at] ?? 0)),
    backward,
  );
  for (let { top } = streams; top; top = streams.top) {
    counts.keys++;
    const { row } = top;
    const passed = seen?.has(row) !== true && judge?.(top.key) !== false;
    const bytes = passed ? collection.table.read(row) : undefined;
    if (passed) seen?.add(row);
    if (bytes) {
      counts.documents++;
      const verdict = test(bytes, 0, bytes.length);
      if (verdict !== Verdict.no) yield { row, bytes, sure: verdict === Verdict.yes };
    }
    if (turn.over()) yield PAUSE;
    checkIndex(collection, index);
    streams.advance();
  }
}
