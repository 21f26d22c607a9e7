/** Where a card stands. CSS pixels; those of cards put before the first ones are below 0. */
export interface CardPlace {
  readonly top: number;
  readonly height: number;
  /** Counted from 0. */
  readonly column: number;
}

/**
 * Cards of given heights in columns. One put behind the others goes under the shortest column, one put before them onto
 * the lowest; the others keep their places, also when some of an end are taken away.
 */
export class WallPlan {
  readonly #gap: number;
  readonly #count: number;
  #places: CardPlace[] = [];
  /** Where the next card of each column would begin, and where the one before it would end. */
  #ends: number[] = [];
  #starts: number[] = [];

  constructor(columns: number, gap: number) {
    this.#gap = gap;
    this.#count = columns;
    this.#findEdges();
  }

  get length(): number {
    return this.#places.length;
  }

  /** Of the highest card. */
  get top(): number {
    return this.length === 0 ? 0 : Math.min(...this.#starts) + this.#gap;
  }

  /** Of all of it. */
  get height(): number {
    return Math.max(0, Math.max(...this.#ends) - this.#gap - this.top);
  }

  /** True where all columns begin at the same height, as in a plan that only grew at its end. */
  get even(): boolean {
    return this.#starts.every((start) => start === this.#starts[0]);
  }

  at(index: number): CardPlace | undefined {
    return this.#places[index];
  }

  push(height: number): void {
    const top = Math.min(...this.#ends);
    const column = this.#ends.indexOf(top);
    this.#places.push({ top, height, column });
    this.#ends[column] = top + height + this.#gap;
  }

  /** Puts several before the others; they are in the order that they will have. */
  unshift(heights: readonly number[]): void {
    const added: CardPlace[] = [];
    for (const height of heights.toReversed()) {
      const end = Math.max(...this.#starts);
      const column = this.#starts.lastIndexOf(end);
      added.unshift({ top: end - height, height, column });
      this.#starts[column] = end - height - this.#gap;
    }
    this.#places = [...added, ...this.#places];
  }

  /** Keeps those from one on, and before another. */
  keep(from: number, to: number): void {
    if (from <= 0 && to >= this.length) return;
    this.#places = this.#places.slice(Math.max(0, from), Math.max(0, to));
    this.#findEdges();
  }

  /** Those that reach into what lies between two heights, in their order. */
  between(from: number, to: number): number[] {
    const found: number[] = [];
    for (const [index, { top, height }] of this.#places.entries())
      if (top + height >= from && top <= to) found.push(index);
    return found;
  }

  #findEdges(): void {
    const [ends, starts] = [new Map<number, number>(), new Map<number, number>()];
    for (const { column, top, height } of this.#places) {
      ends.set(column, Math.max(ends.get(column) ?? -Infinity, top + height + this.#gap));
      starts.set(column, Math.min(starts.get(column) ?? Infinity, top - this.#gap));
    }
    // A column that nothing is left of goes on where the others begin.
    const none = starts.size === 0 ? -this.#gap : Math.min(...starts.values());
    this.#starts = Array.from({ length: this.#count }, (_, column) => starts.get(column) ?? none);
    this.#ends = Array.from({ length: this.#count }, (_, column) => ends.get(column) ?? none + this.#gap);
  }
}
