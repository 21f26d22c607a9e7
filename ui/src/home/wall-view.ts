import { ownTask } from '../elements/own-task.ts';
import type { Spot } from '../state/kept-lists.ts';
import { wallKey } from './card.rules.ts';
import type { WallItem } from './card.rules.ts';
import { WallCards } from './wall-cards.ts';
import type { WallCard } from './wall-cards.ts';
import { cardHeight } from './wall-layout.ts';
import type { Columns } from './wall-layout.ts';
import { WallPlaces } from './wall-places.ts';

/** So far before an end its next page is asked for, while one scrolls and before. CSS pixels. */
const AHEAD = { scrolling: 4000, resting: 1500 } as const;
/** So far beyond the screen cards are drawn in the direction of scrolling, and in the other one. CSS pixels. */
const BEFORE = 900;
const BEHIND = 300;
/** So far away a card is taken out of the page. CSS pixels. */
const AWAY = 1000;
/** Milliseconds of a frame that cards may be drawn in; the others come in the next one. */
const BUDGET = 4;
/** Milliseconds of a task in which cards may be given their places: measuring a title in a new script takes its time. */
const LAYING = 6;
/** Further down than this, what one looks at stays in its place whatever changes above. CSS pixels. */
const AT_TOP = 240;

interface Parts {
  /** As high as the whole wall; nothing before the first rendering. */
  readonly section: () => HTMLElement | null | undefined;
  /** What the cards lie in. */
  readonly place: () => HTMLElement | null | undefined;
  /** Brings a card up to date with its item. */
  readonly fill: (card: WallCard, item: WallItem) => void;
  /** Called after each drawing. */
  readonly drawn: () => void;
  readonly tell: (type: 'mf-seen' | 'mf-need-more' | 'mf-need-newer', detail?: unknown) => void;
}

/** A list as a wall has it. */
export interface WallList {
  readonly items: readonly WallItem[];
  /** Number of the first item; see `WallPlaces`. */
  readonly start: number;
  /** Something newer comes before the first item. */
  readonly open: boolean;
}

/**
 * The part of a wall that is near the screen: draws as much a frame as there is time for, keeps what somebody looks at
 * where it is, and tells what is seen and which end is near.
 */
export class WallView {
  /** The first post on the screen, to come back to. */
  spot: Spot | undefined;
  readonly cards: WallCards;
  readonly #parts: Parts;
  #list: WallList = { items: [], start: 0, open: false };
  #columns: Columns | undefined;
  #places: WallPlaces<WallItem> | undefined;
  #rtl = false;
  #from = 0;
  #frame = 0;
  #laying = false;
  #watching = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.cards = new WallCards({ fill: parts.fill, put: (card, index) => this.#put(card, index) });
  }

  watch(): void {
    this.#watching = true;
    for (const type of ['scroll', 'resize']) window.addEventListener(type, this.#draw, { passive: true });
  }

  stop(): void {
    this.#watching = false;
    for (const type of ['scroll', 'resize']) window.removeEventListener(type, this.#draw);
    cancelAnimationFrame(this.#frame);
  }

  /** Lays everything anew into other columns; `show` draws it. */
  setColumns(columns: Columns, rtl: boolean): void {
    [this.#columns, this.#rtl] = [columns, rtl];
    this.#places = new WallPlaces(columns.count, columns.gap, (item) => cardHeight(item, columns.width));
  }

  /** Shows a list, or the same one in other columns. */
  show(list: WallList): void {
    const section = this.#parts.section();
    if (!this.#places || !section) return;
    const moved = list.start !== this.#list.start;
    // Where one is asks for a layout of the page: not of the one that has nothing yet.
    const keep = this.spot && (moved || window.scrollY > AT_TOP) ? this.spot : undefined;
    this.#list = list;
    this.#places.set(list.items, list.start, keep ? Infinity : this.#budget(this.#places));
    this.#setHeight(section);
    this.cards.set(list.items);
    if (keep) this.#stay(keep, section);
    if (this.#places.complete) this.#drawSoon();
    else void this.#layOn();
  }

  /** Scrolls so that a post is where it was. @returns whether it is in the list */
  showSpot({ key, y }: Spot): boolean {
    const section = this.#parts.section();
    const place = this.#placeOf(key);
    if (!place || !section) return false;
    window.scrollBy({ top: section.getBoundingClientRect().top + place.top - y, behavior: 'instant' });
    this.drawAll();
    return true;
  }

  /** Scrolls so that a post is in the middle of the screen. */
  showInMiddle(key: string): void {
    const { height = 0 } = this.#placeOf(key) ?? {};
    this.showSpot({ key, y: Math.max(0, (window.innerHeight - height) / 2) });
  }

  /** Lays and draws all that is near the screen, however long it takes. */
  drawAll(): void {
    const section = this.#parts.section();
    if (!section) return;
    if (this.#places) this.#lay(this.#places, Infinity);
    this.#drawWithin(Infinity);
  }

  /** Cards that are there move to their new columns at once; the very first ones come in tasks of their own. */
  #budget(places: WallPlaces<WallItem>): number {
    if (places.height > 0) return LAYING;
    return this.cards.all.length > 0 ? Infinity : 0;
  }

  #placeOf(key: string) {
    return this.#places?.at(this.#list.items.findIndex((item) => wallKey(item) === key));
  }

  /** What one looks at stays where it is. */
  #stay({ key, y }: Spot, section: HTMLElement): void {
    const place = this.#placeOf(key);
    if (!place) return;
    const by = section.getBoundingClientRect().top + place.top - y;
    if (Math.abs(by) >= 1) window.scrollBy({ top: by, behavior: 'instant' });
    this.#drawWithin(BUDGET);
  }

  #put({ style }: WallCard, index: number): void {
    const place = this.#places?.at(index);
    const columns = this.#columns;
    if (!place || !columns) return;
    style[this.#rtl ? 'right' : 'left'] = `${place.column * (columns.width + columns.gap)}px`;
    style.top = `${place.top}px`;
    style.width = `${columns.width}px`;
    style.height = `${place.height}px`;
  }

  #setHeight({ style }: HTMLElement): void {
    style.blockSize = `${this.#places?.height ?? 0}px`;
  }

  /** Gives the rest their places, a few a task. */
  async #layOn(): Promise<void> {
    if (this.#laying) return;
    this.#laying = true;
    while (this.#watching && this.#places && !this.#places.complete) {
      await ownTask();
      this.#lay(this.#places, LAYING);
      this.#drawSoon();
    }
    this.#laying = false;
  }

  #lay(places: WallPlaces<WallItem>, budget: number): void {
    if (places.complete) return;
    places.lay(budget);
    const section = this.#parts.section();
    if (section) this.#setHeight(section);
    this.cards.put();
  }

  readonly #draw = (): void => this.#drawWithin(BUDGET);

  #drawSoon(): void {
    cancelAnimationFrame(this.#frame);
    if (this.#watching) this.#frame = requestAnimationFrame(this.#draw);
  }

  #drawWithin(budget: number): void {
    cancelAnimationFrame(this.#frame);
    const places = this.#places;
    const [section, place] = [this.#parts.section(), this.#parts.place()];
    if (!places || !section || !place) return;
    // Before anything is drawn: measured later, the page would have to be laid out in between.
    const from = -section.getBoundingClientRect().top;
    const scrolled = window.scrollY;
    const to = from + window.innerHeight;
    const [above, below] = from < this.#from ? [BEFORE, BEHIND] : [BEHIND, BEFORE];
    this.#from = from;
    const visible = places.between(from, to);
    const done = this.cards.draw(place, {
      first: [...visible, ...places.between(from - above, to + below)],
      keep: new Set(places.between(from - AWAY, to + AWAY)),
      budget,
    });
    if (!done) this.#drawSoon();
    this.#tell(places, { from, scrolled }, visible);
  }

  #tell(
    places: WallPlaces<WallItem>,
    { from, scrolled }: { from: number; scrolled: number },
    visible: readonly number[],
  ): void {
    const { items, open } = this.#list;
    const item = visible.map((index) => items[index]).find((one) => one?.post);
    const key = item ? wallKey(item) : '';
    const before = this.spot?.key;
    this.spot = item ? { key, y: (places.at(items.indexOf(item))?.top ?? 0) - from } : undefined;
    this.#parts.drawn();
    if (item?.post && key !== before) this.#parts.tell('mf-seen', item.post);
    if (visible.length === 0 && items.length > 0) return;
    if (places.complete && from + window.innerHeight > places.height - AHEAD[scrolled > 0 ? 'scrolling' : 'resting'])
      this.#parts.tell('mf-need-more');
    if (open && from < AHEAD.scrolling) this.#parts.tell('mf-need-newer');
    if (!open && scrolled <= 0 && !places.even) this.#even(places);
  }

  /** Reached from below, the newest stand at different heights. */
  #even(places: WallPlaces<WallItem>): void {
    places.again();
    const section = this.#parts.section();
    if (section) this.#setHeight(section);
    this.cards.refresh();
    this.#drawSoon();
  }
}
