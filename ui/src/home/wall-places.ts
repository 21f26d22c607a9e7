import { WallPlan } from './wall-plan.rules.ts';
import type { CardPlace } from './wall-plan.rules.ts';

/**
 * The places of a list of which a part is known: it grows and shrinks at both ends, and what stays keeps its place.
 * Only a change in between lays all of it again.
 */
export class WallPlaces<Item> {
  readonly #columns: number;
  readonly #gap: number;
  readonly #heightOf: (item: Item) => number;
  #plan: WallPlan;
  #items: readonly Item[] = [];
  #start = 0;

  /** @param heightOf - CSS pixels of an item's card */
  constructor(columns: number, gap: number, heightOf: (item: Item) => number) {
    [this.#columns, this.#gap, this.#heightOf] = [columns, gap, heightOf];
    this.#plan = new WallPlan(columns, gap);
  }

  /** Whether each item has its place. */
  get complete(): boolean {
    return this.#plan.length >= this.#items.length;
  }

  get height(): number {
    return this.#plan.height;
  }

  /** False where cards were put before the first ones: their columns begin at different heights. */
  get even(): boolean {
    return this.#plan.even;
  }

  /** From the upper edge of it all. CSS pixels. */
  at(index: number): CardPlace | undefined {
    const place = this.#plan.at(index);
    return place && { ...place, top: place.top - this.#plan.top };
  }

  /** Of the cards between two heights the indexes, in their order. */
  between(from: number, to: number): number[] {
    return this.#plan.between(from + this.#plan.top, to + this.#plan.top);
  }

  /**
   * Takes the list as it is now.
   * @param start - number of its first item, counted from where the list began when it was opened; below 0 for what
   *   was read before that
   * @param budget - milliseconds that laying new ones may take; `lay` goes on with it
   */
  set(items: readonly Item[], start: number, budget = Infinity): void {
    const moved = start - this.#start;
    const before = Math.max(0, -moved);
    this.#plan.keep(moved, Math.max(0, moved) + items.length - before);
    if (!this.#holds(items, before, Math.max(0, moved))) {
      this.#plan = new WallPlan(this.#columns, this.#gap);
    } else if (before > 0) this.#plan.unshift(items.slice(0, before).map(this.#heightOf));
    [this.#items, this.#start] = [items, start];
    this.lay(budget);
  }

  /** Gives places to those behind that have none yet. @param budget - milliseconds that it may take: one gets its place, and others while there is time; 0 for none */
  lay(budget: number): void {
    if (budget <= 0) return;
    const began = performance.now();
    for (const item of this.#items.slice(this.#plan.length)) {
      this.#plan.push(this.#heightOf(item));
      if (performance.now() - began > budget) return;
    }
  }

  /** Lays all of it again from its upper edge. */
  again(): void {
    this.#plan = new WallPlan(this.#columns, this.#gap);
    for (const item of this.#items) this.#plan.push(this.#heightOf(item));
  }

  /** Whether what was laid still stands: another item of the same height changes nothing. */
  #holds(items: readonly Item[], before: number, dropped: number): boolean {
    if (this.#plan.length === 0) return before === 0;
    for (let index = 0; index < this.#plan.length; index += 1) {
      const item = items[before + index];
      if (item === undefined) return false;
      if (item !== this.#items[dropped + index] && this.#heightOf(item) !== this.#plan.at(index)?.height) return false;
    }
    return true;
  }
}
