import { wallKey } from './card.rules.ts';
import type { WallItem } from './card.rules.ts';
import type { MfCard } from './mf-card.ts';
import type { MfComing } from './mf-coming.ts';

export type WallCard = MfCard | MfComing;

/** Cards that are out of use are kept up to so many, to be used again. */
const SPARE = 48;

interface Shown {
  readonly key: string;
  readonly card: WallCard;
  index: number;
}

interface Parts {
  /** Brings a card up to date with its item. */
  readonly fill: (card: WallCard, item: WallItem) => void;
  /** Gives a card its place. */
  readonly put: (card: WallCard, index: number) => void;
}

/** What is wanted in the page, as indexes of the list. */
export interface Wanted {
  /** In the order in which they are drawn. */
  readonly first: readonly number[];
  /** What is there already stays there between these. */
  readonly keep: ReadonlySet<number>;
  /** Milliseconds that drawing may take. */
  readonly budget: number;
}

/** The cards that are in the page, in the order of the list. Those of posts are used again for others. */
export class WallCards {
  readonly #parts: Parts;
  readonly #shown = new Map<string, Shown>();
  readonly #spare: MfCard[] = [];
  #items: readonly WallItem[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** In the order of the list. */
  get all(): WallCard[] {
    return this.#sorted().map(({ card }) => card);
  }

  of(key: string): WallCard | undefined {
    return this.#shown.get(key)?.card;
  }

  /** Takes the list as it is now; cards of what is gone leave. */
  set(items: readonly WallItem[]): void {
    this.#items = items;
    const indexes = new Map(items.map((item, index) => [wallKey(item), index]));
    let lost: number | undefined;
    for (const shown of this.#shown.values()) {
      const index = indexes.get(shown.key);
      if (index !== undefined) shown.index = index;
      else {
        if (shown.card.matches(':focus-within')) lost = shown.index;
        this.#take(shown);
      }
    }
    this.refresh();
    this.#order();
    if (lost !== undefined) this.#focusAt(lost);
  }

  /** Gives all cards their places, which have changed. */
  put(): void {
    for (const { card, index } of this.#shown.values()) this.#parts.put(card, index);
  }

  /** Brings all cards up to date. */
  refresh(): void {
    for (const { card, index } of this.#shown.values()) {
      const item = this.#items[index];
      if (!item) continue;
      this.#parts.fill(card, item);
      this.#parts.put(card, index);
    }
  }

  /**
   * Draws what is wanted into an element, and takes away what is not; a card that has the focus stays.
   * @returns whether all is there
   */
  draw(place: HTMLElement, { first, keep, budget }: Wanted): boolean {
    for (const shown of this.#shown.values())
      if (!keep.has(shown.index) && !shown.card.matches(':focus-within')) this.#take(shown);
    const began = performance.now();
    for (const index of first) {
      const item = this.#items[index];
      if (!item || this.#shown.has(wallKey(item))) continue;
      if (performance.now() - began > budget) return false;
      this.#add(place, item, index);
    }
    return true;
  }

  /** Moves what is out of order, and never the card that has the focus: it would lose it. */
  #order(): void {
    const sorted = this.#sorted().map(({ card }) => card);
    const still = Math.max(
      0,
      sorted.findIndex((card) => card.matches(':focus-within')),
    );
    for (const [at, card] of sorted.entries()) {
      const before = at > still ? sorted[at - 1] : undefined;
      if (before && before.nextElementSibling !== card) before.after(card);
    }
    for (let at = still - 1; at >= 0; at -= 1) {
      const [card, behind] = [sorted[at], sorted[at + 1]];
      if (card && behind && card.nextElementSibling !== behind) behind.before(card);
    }
  }

  /** The card that had the focus has left: it goes to the one that is there now. */
  #focusAt(index: number): void {
    const sorted = this.#sorted();
    const next = sorted.find((shown) => shown.index >= index) ?? sorted.at(-1);
    next?.card.focus({ preventScroll: true });
  }

  #add(place: HTMLElement, item: WallItem, index: number): void {
    const card = item.post
      ? (this.#spare.pop() ?? document.createElement('mf-card'))
      : document.createElement('mf-coming');
    this.#parts.fill(card, item);
    this.#parts.put(card, index);
    const after = this.#sorted().find((shown) => shown.index > index)?.card;
    place.insertBefore(card, after ?? null);
    this.#shown.set(wallKey(item), { key: wallKey(item), card, index });
  }

  #take({ key, card }: Shown): void {
    card.remove();
    this.#shown.delete(key);
    if (card.localName === 'mf-card' && this.#spare.length < SPARE) this.#spare.push(card as MfCard); // By its name.
  }

  #sorted(): Shown[] {
    return [...this.#shown.values()].sort((a, b) => a.index - b.index);
  }
}
