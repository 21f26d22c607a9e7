import { isStack, ratioOf } from './card.rules.ts';
import type { WallItem } from './card.rules.ts';
import type { CardSize } from '../state/preferences.ts';
import { titleOf } from '../words/names.ts';

export interface Columns {
  readonly count: number;
  /** CSS pixels. */
  readonly width: number;
  readonly gap: number;
}

/** How many columns there are, of those that fit. */
const SHARES = { small: 1.5, normal: 1, large: 0.6 } as const satisfies Record<CardSize, number>;

/**
 * As many columns of at least `smallest` as fit, and never fewer than two, so that a phone shows a wall too; for smaller
 * cards some more of them, for larger ones fewer.
 */
export function layColumns(available: number, smallest: number, gap: number, size: CardSize = 'normal'): Columns {
  const fitting = Math.max(2, Math.floor((available + gap) / (smallest + gap)));
  const count = Math.max(1, Math.round(fitting * SHARES[size]));
  return { count, width: Math.max(1, Math.floor((available - gap * (count - 1)) / count)), gap };
}

/** Heights of a card's text in CSS pixels, as card.styles.ts sets them. */
const TEXT = { top: 8, author: 2, bottom: 6, stack: 9, title: 1.35, small: 1.5 };
const canvas = document.createElement('canvas').getContext('2d');
/** Widths of titles in the font of the wall; they go with their posts. */
let widths = new WeakMap<WallItem, number>();

/** Height of a whole card, text included, so that it has its place before it is drawn. CSS pixels. */
export function cardHeight(item: WallItem, column: number): number {
  const style = fontOf();
  const title = item.post ? titleOf(item.post) : (item.job.title ?? '…');
  const lines = title === '' ? 0 : textWidth(item, title.slice(0, 120), style.font) > column - 4 ? 2 : 1;
  const text = TEXT.top + lines * style.title * TEXT.title + TEXT.author + style.small * TEXT.small + TEXT.bottom;
  const stack = item.post && isStack(item.post) ? TEXT.stack : 0;
  return column / ratioOf(item) + text + stack;
}

/** A font's measures change with zoom and theme; they are read again for each layout. */
let cached: { font: string; family: string; title: number; small: number } | undefined;
export const forgetFont = (): void => {
  cached = undefined;
};

/** The font that titles are measured in, as one for each of its families: the one that is seen most comes first. */
export const titleFonts = (): string[] => {
  const { title, family } = fontOf();
  return [family, ...family.split(',')].map((name) => fontText(title, name.trim()));
};

/** Makes a font ready to be measured in. */
export function warmFont(font: string): void {
  if (!canvas) return;
  canvas.font = font;
  canvas.measureText('Aé');
}

const fontText = (size: number, family: string): string => `500 ${size}px ${family}`;

function fontOf(): NonNullable<typeof cached> {
  if (cached) return cached;
  const probe = document.createElement('span');
  probe.style.cssText = 'position:absolute;visibility:hidden;font:500 var(--mf-text-sm)/1 var(--mf-font)';
  document.body.append(probe);
  const title = getComputedStyle(probe);
  const [size, family] = [Number.parseFloat(title.fontSize), title.fontFamily];
  probe.style.fontSize = 'var(--mf-text-xs)';
  const small = Number.parseFloat(getComputedStyle(probe).fontSize);
  probe.remove();
  const font = fontText(size, family);
  if (font !== lastFont) widths = new WeakMap();
  lastFont = font;
  cached = { font, family, title: size, small };
  return cached;
}
let lastFont = '';

function textWidth(item: WallItem, text: string, font: string): number {
  const known = widths.get(item);
  if (known !== undefined) return known;
  if (!canvas) return Infinity;
  canvas.font = font;
  const width = canvas.measureText(text).width;
  widths.set(item, width);
  return width;
}
