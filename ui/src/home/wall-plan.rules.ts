/** Where a card stands. CSS pixels. */
export interface CardPlace {
  readonly top: number;
  readonly height: number;
  /** Counted from 0. */
  readonly column: number;
}

/** Cards are found by the bands that they reach into. CSS pixels. */
const BAND = 200;

/** Cards of given heights in columns: each goes under the shortest one. More are added without laying the others again. */
export class WallPlan {
  readonly #gap: number;
  readonly #ends: number[];
  readonly #tops: number[] = [];
  readonly #heights: number[] = [];
  readonly #columns: number[] = [];
  /** First and last card of each band. */
  readonly #bands: [first: number, last: number][] = [];

  constructor(columns: number, gap: number) {
    this.#gap = gap;
    this.#ends = Array.from({ length: columns }, () => 0);
  }

  get length(): number {
    return this.#tops.length;
  }

  /** Of all of it. */
  get height(): number {
    return Math.max(0, Math.max(...this.#ends) - this.#gap);
  }

  push(height: number): void {
    const top = Math.min(...this.#ends);
    const column = this.#ends.indexOf(top);
    const index = this.#tops.push(top) - 1;
    this.#heights.push(height);
    this.#columns.push(column);
    this.#ends[column] = top + height + this.#gap;
    for (let band = Math.floor(top / BAND); band <= Math.floor((top + height) / BAND); band += 1) {
      const [first, last] = this.#bands[band] ?? [index, index];
      this.#bands[band] = [Math.min(first, index), Math.max(last, index)];
    }
  }

  at(index: number): CardPlace | undefined {
    const [top, height, column] = [this.#tops[index], this.#heights[index], this.#columns[index]];
    return top === undefined || height === undefined || column === undefined ? undefined : { top, height, column };
  }

  /** The first and the last card between two heights, whatever lies in between; nothing where there is none. */
  between(from: number, to: number): readonly [first: number, last: number] | undefined {
    let [first, last] = [Infinity, -1];
    const end = Math.min(this.#bands.length - 1, Math.floor(to / BAND));
    for (let band = Math.max(0, Math.floor(from / BAND)); band <= end; band += 1) {
      const found = this.#bands[band];
      if (!found) continue;
      first = Math.min(first, found[0]);
      last = Math.max(last, found[1]);
    }
    return last < 0 ? undefined : [first, last];
  }
}
