import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { smallestThumbnail } from '../api/media-url.ts';
import type { MediaItem } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/viewer.ts';

/**
 * The items of a post as a strip.
 * @fires mf-step - the item to show, counted from 0 (detail)
 */
@customElement('mf-film')
@localized()
export class MfFilm extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        max-inline-size: 100%;
        overflow: auto;
        scrollbar-width: none;
      }
      ol {
        display: flex;
        gap: 8px;
        inline-size: max-content;
        margin-inline: auto;
        padding: 5px;
      }
      button {
        position: relative;
        display: grid;
        grid-template: 100% / 100%;
        place-items: center;
        inline-size: 46px;
        block-size: 60px;
        border-radius: 8px;
        background: var(--mf-surface-3);
        color: var(--mf-on-media);
        opacity: 0.6;
        transition: opacity var(--mf-quick);
      }
      button:hover {
        opacity: 0.85;
      }
      button:focus-visible {
        opacity: 1;
        border-radius: 8px;
      }
      button[aria-current] {
        opacity: 1;
        box-shadow:
          0 0 0 2px #000,
          0 0 0 4px #fff;
      }
      img {
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
        border-radius: 8px;
      }
      span {
        position: absolute;
        inset: auto 3px 3px auto;
        display: grid;
        place-items: center;
        inline-size: 20px;
        block-size: 20px;
        border-radius: 6px;
        background: var(--mf-glass);
      }
      @media (max-width: 699px), (max-height: 500px) {
        ol {
          flex-direction: column;
          padding-block-end: 12px;
        }
        button {
          inline-size: 36px;
          block-size: 46px;
        }
      }
    `,
  ];

  @property({ attribute: false }) items: readonly MediaItem[] = [];
  @property({ type: Number }) index = 0;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('index'))
      this.renderRoot.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }

  protected override render() {
    return html`<ol aria-label=${t('viewer_items')}>
      ${this.items.map((item, index) => {
        const thumbnail = smallestThumbnail(item);
        return html`<li>
          <button
            aria-current=${index === this.index ? 'true' : nothing}
            aria-label=${t('viewer_item', { at: index + 1, all: this.items.length, kind: t(`kind_${item.kind}`) })}
            @click=${() => this._step(index)}
          >
            ${thumbnail ? html`<img src=${thumbnail} alt="" loading="lazy" />` : icon(item.kind, 'sm')}
            ${item.kind !== 'image' && thumbnail ? html`<span>${icon(item.kind === 'video' ? 'play' : 'audio', 'xs')}</span>` : nothing}
          </button>
        </li>`;
      })}
    </ol>`;
  }

  private _step(index: number): void {
    this.dispatchEvent(new CustomEvent('mf-step', { detail: index, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-film': MfFilm;
  }
}
