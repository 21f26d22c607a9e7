import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { CalmElement } from '../elements/calm-element.ts';
import { icon } from '../elements/icons.ts';
import type { IconName } from '../elements/icons.ts';
import '../elements/mf-mark.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/t.ts';
import { countBadge } from './nav.ts';
import type { Destination } from './nav.ts';
import { navStyles } from './nav.styles.ts';

/**
 * Navigation at the side, from 700 px on.
 * @slot - at the foot: the account
 */
@customElement('mf-rail')
@localized()
export class MfRail extends CalmElement {
  static override styles = [
    base,
    navStyles,
    css`
      nav {
        position: sticky;
        inset-block-start: 0;
        z-index: var(--mf-z-nav);
        display: flex;
        flex-direction: column;
        align-items: center;
        gap: 2px;
        block-size: 100dvh;
        padding: calc(var(--mf-4) + env(safe-area-inset-top)) 0 calc(var(--mf-3) + env(safe-area-inset-bottom));
        background: var(--mf-surface-1);
        border-inline-end: 1px solid var(--mf-line-1);
      }
      .mark {
        display: grid;
        place-items: center;
        inline-size: 44px;
        block-size: 44px;
        margin-block-end: var(--mf-4);
      }
      .dest {
        position: relative;
        display: grid;
        justify-items: center;
        gap: 3px;
        inline-size: 72px;
        padding: 9px 0 8px;
        border-radius: var(--mf-radius-md);
        color: var(--mf-text-3);
        font-size: var(--mf-text-2xs);
        font-weight: var(--mf-weight-mid);
        text-align: center;
        transition:
          color var(--mf-quick),
          background var(--mf-quick);
      }
      .dest:focus-visible {
        border-radius: var(--mf-radius-md);
      }
      .dest:hover {
        color: var(--mf-text-1);
        background: var(--mf-surface-2);
      }
      .dest[aria-current] {
        color: var(--mf-text-1);
        background: var(--mf-surface-3);
      }
      .push {
        display: grid;
        justify-items: center;
        gap: 10px;
        margin-block-start: auto;
      }
      .dest span:first-of-type {
        max-inline-size: 100%;
        overflow: hidden;
        text-overflow: ellipsis;
      }
      /* A phone on its side. */
      @media (max-height: 560px) {
        nav {
          overflow-y: auto;
          scrollbar-width: none;
          padding-block-start: calc(var(--mf-1) + env(safe-area-inset-top));
        }
        .mark {
          display: none;
        }
        .dest {
          padding-block: 4px 3px;
        }
      }
    `,
  ];

  /** Name of the page, or `add`. */
  @property() current = '';
  @property({ type: Number }) running = 0;
  @property({ type: Number }) needsYou = 0;
  @property({ attribute: false }) hrefOf: (destination: Destination) => string = () => '';

  protected override render() {
    return html`<nav aria-label=${t('nav')}>
      <a class="mark" href=${this.hrefOf('home')} aria-label=${t('nav_mark')}><mf-mark></mf-mark></a>
      ${this._link('home', 'home')}${this._link('library', 'folder')}${this._link('add', 'plus')}
      ${this._link('downloads', 'download')}${this._link('status', 'pulse')}
      <div class="push">${this._link('settings', 'sliders')}<slot></slot></div>
    </nav>`;
  }

  private _link(destination: Destination, symbol: IconName) {
    return html`<a
      class="dest"
      href=${this.hrefOf(destination)}
      aria-current=${this.current === destination ? 'page' : nothing}
    >
      ${icon(symbol, 'lg')}<span>${t(`nav_${destination}`)}</span>
      ${destination === 'downloads' ? countBadge(this.running, this.needsYou) : nothing}
    </a>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-rail': MfRail;
  }
}
