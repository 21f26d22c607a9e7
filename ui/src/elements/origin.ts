import { css, html, nothing } from 'lit';
import type { PostKind } from '../api/types.ts';
import { glassPill } from '../styles/glass-pill.ts';
import { formatClock } from '../words/format.ts';
import { glyph, icon } from './icons.ts';

export interface Origin {
  readonly platform: string;
  readonly kind?: PostKind;
  /** Seconds. */
  readonly duration?: number | undefined;
  readonly count?: number;
  /** Words in place of duration and count. */
  readonly note?: string;
}

/**
 * The glass pill on media, where many are: platform, and how long or how many. Decorative; the card's name says it in
 * words.
 */
export const renderOrigin = (origin: Origin) =>
  html`<span class="origin" aria-hidden="true">${glyph(origin.platform, 'xs')}${factsOf(origin)}</span>`;

function factsOf({ kind = 'video', duration, count = 1, note = '' }: Origin) {
  if (note) return note;
  if (kind === 'carousel') return html`${icon('stack', 'xs')}${count}`;
  const clock = duration === undefined ? nothing : formatClock(duration);
  return kind === 'audio' ? html`${icon('audio', 'xs')}${clock}` : kind === 'video' ? clock : nothing;
}

/** Over a picture: the accents of the dark theme, whatever the theme is. No blur: on each card it would be a layer. */
export const originStyles = css`
  .origin {
    ${glassPill}
    gap: 5px;
    font-variant-numeric: tabular-nums;
  }
  .origin .pf-instagram {
    color: #ff6ba6;
  }
  .origin .pf-tiktok {
    color: #4fe0dc;
  }
  .origin .pf-reddit {
    color: #ff8552;
  }
  .origin .pf-x {
    color: #f5f4ef;
  }
  .origin .pf-youtube {
    color: #ff736a;
  }
`;
