import { GridLayout } from '@lit-labs/virtualizer/layouts/grid.js';
import { isStack, ratioOf } from './card.rules.ts';
import type { WallItem } from './card.rules.ts';
import { titleOf } from '../words/names.ts';
import { WallPlan } from './wall-plan.rules.ts';

export interface Columns {
  readonly count: number;
  /** CSS pixels. */
  readonly width: number;
  readonly gap: number;
}

/** As many columns of at least `smallest` as fit; never fewer than two, so that a phone shows a wall too. */
export function layColumns(available: number, smallest: number, gap: number): Columns {
  const count = Math.max(2, Math.floor((available + gap) / (smallest + gap)));
  return { count, width: Math.max(1, Math.floor((available - gap * (count - 1)) / count)), gap };
}

/** Heights of a card's text in CSS pixels, as card.styles.ts sets them. */
const TEXT = { top: 8, author: 2, bottom: 6, stack: 9, title: 1.35, small: 1.5 };
const canvas = document.createElement('canvas').getContext('2d');
const widths = new Map<string, number>();

/** Height of a whole card, text included, so that it has its place before it is drawn. CSS pixels. */
export function cardHeight(item: WallItem, column: number): number {
  const style = fontOf();
  const title = item.post ? titleOf(item.post) : (item.job.title ?? '…');
  const lines = title === '' ? 0 : textWidth(title.slice(0, 120), style.font) > column - 4 ? 2 : 1;
  const text = TEXT.top + lines * style.title * TEXT.title + TEXT.author + style.small * TEXT.small + TEXT.bottom;
  const stack = item.post && isStack(item.post) ? TEXT.stack : 0;
  return column / ratioOf(item) + text + stack;
}

/** A font's measures change with zoom and theme; they are read again for each layout. */
let cached: { font: string; title: number; small: number } | undefined;
export const forgetFont = (): void => {
  cached = undefined;
};

function fontOf(): { font: string; title: number; small: number } {
  if (cached) return cached;
  const probe = document.createElement('span');
  probe.style.cssText = 'position:absolute;visibility:hidden;font:500 var(--mf-text-sm)/1 var(--mf-font)';
  document.body.append(probe);
  const title = getComputedStyle(probe);
  const [size, family] = [Number.parseFloat(title.fontSize), title.fontFamily];
  probe.style.fontSize = 'var(--mf-text-xs)';
  const small = Number.parseFloat(getComputedStyle(probe).fontSize);
  probe.remove();
  const font = `500 ${size}px ${family}`;
  if (font !== lastFont) widths.clear();
  lastFont = font;
  cached = { font, title: size, small };
  return cached;
}
let lastFont = '';

function textWidth(text: string, font: string): number {
  const known = widths.get(text);
  if (known !== undefined) return known;
  if (!canvas) return Infinity;
  canvas.font = font;
  const width = canvas.measureText(text).width;
  widths.set(text, width);
  return width;
}

/** The masonry of the wall. What only grows at its end, as it does while one scrolls, is not laid out again. */
export class WallLayout extends GridLayout {
  /** Fills from the right. */
  rtl = false;
  /** CSS pixels of a whole card. */
  heightOf: (item: unknown) => number = () => 1;
  #plan = new WallPlan(1, 0);
  #laid: readonly unknown[] = [];
  #shape = '';
  #measure: unknown;

  protected override _setItems(items: unknown[]): void {
    if (items !== this.items) this._scheduleLayoutUpdate();
    super._setItems(items);
  }

  protected override _updateLayout(): void {
    super._updateLayout();
    const { rolumns = 0, gap1 = 0, itemSize2 = 0 } = this._metrics ?? {};
    const shape = `${rolumns} ${gap1} ${itemSize2}`;
    if (shape !== this.#shape || this.heightOf !== this.#measure || !this.#holds())
      this.#plan = new WallPlan(Math.max(1, rolumns), gap1);
    [this.#shape, this.#measure, this.#laid] = [shape, this.heightOf, this.items];
    for (let index = this.#plan.length; index < this.items.length; index += 1)
      this.#plan.push(this.heightOf(this.items[index]));
    this._scrollSize = this.#plan.height;
  }

  /** Whether what was laid out still stands: another card of the same height changes nothing. */
  #holds(): boolean {
    const { items } = this;
    if (items.length < this.#plan.length) return false;
    return this.#laid.every(
      (item, index) => item === items[index] || this.heightOf(items[index]) === this.#plan.at(index)?.height,
    );
  }

  override _getActiveItems(): void {
    const from = Math.max(0, this._scrollPosition - this._overhang);
    const to = Math.min(this._scrollSize, this._scrollPosition + this._viewDim1 + this._overhang);
    const found = (this._metrics?.rolumns ?? 0) > 0 ? this.#plan.between(from, to) : undefined;
    [this._first, this._last] = found ?? [-1, -1];
    this._physicalMin = this._physicalMax = 0;
  }

  override _getItemPosition(index: number): ReturnType<GridLayout['_getItemPosition']> {
    const { top = 0, height = 0, column = 0 } = this.#plan.at(index) ?? {};
    const width = this._metrics?.itemSize2 ?? 0;
    const start = this._metrics?.positions[column] ?? 0;
    return { top, height, width, left: this.rtl ? this._viewDim2 - start - width : start };
  }

  protected override _getItemSize(index: number): { width: number; height: number } {
    return { width: this._metrics?.itemSize2 ?? 0, height: this.#plan.at(index)?.height ?? 0 };
  }

  override _updateScrollSize(): void {
    // Laying out has told it.
  }
}
