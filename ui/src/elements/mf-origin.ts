import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PostKind } from '../api/types.ts';
import { glassPill } from '../styles/glass-pill.ts';
import { reset } from '../styles/reset.ts';
import { formatClock } from '../words/format.ts';
import { glyph, icon, iconStyles } from './icons.ts';

/** The glass pill on media: platform, and how long or how many. Decorative; the card's name says it in words. */
@customElement('mf-origin')
export class MfOrigin extends LitElement {
  static override styles = [
    reset,
    iconStyles,
    css`
      :host {
        /* Over a picture: the accents of the dark theme, whatever the theme is. */
        --mf-instagram: #ff6ba6;
        --mf-tiktok: #4fe0dc;
        --mf-reddit: #ff8552;
        --mf-x: #f5f4ef;
        --mf-youtube: #ff736a;
        ${glassPill}
        gap: 5px;
        font-variant-numeric: tabular-nums;
      }
    `,
  ];

  @property() platform = '';
  @property() kind: PostKind = 'video';
  /** Seconds. */
  @property({ type: Number }) duration: number | undefined;
  @property({ type: Number }) count = 1;
  /** Words in place of duration and count. */
  @property() note = '';

  protected override render() {
    return html`<span aria-hidden="true" style="display:contents">${glyph(this.platform, 'xs')}${this._facts()}</span>`;
  }

  private _facts() {
    if (this.note) return this.note;
    if (this.kind === 'carousel') return html`${icon('stack', 'xs')}${this.count}`;
    const clock = this.duration === undefined ? nothing : formatClock(this.duration);
    return this.kind === 'audio' ? html`${icon('audio', 'xs')}${clock}` : this.kind === 'video' ? clock : nothing;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-origin': MfOrigin;
  }
}
