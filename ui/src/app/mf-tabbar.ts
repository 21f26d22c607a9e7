import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { CalmElement } from '../elements/calm-element.ts';
import { icon } from '../elements/icons.ts';
import type { IconName } from '../elements/icons.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/t.ts';
import { countBadge } from './nav.ts';
import type { Destination } from './nav.ts';
import { navStyles } from './nav.styles.ts';

/** Navigation at the thumb, on phones. */
@customElement('mf-tabbar')
@localized()
export class MfTabbar extends CalmElement {
  static override styles = [
    base,
    navStyles,
    css`
      nav {
        position: fixed;
        inset-inline: 0;
        inset-block-end: 0;
        z-index: var(--mf-z-nav);
        display: grid;
        grid-template-columns: repeat(5, 1fr);
        align-items: center;
        block-size: calc(var(--mf-tabbar) + env(safe-area-inset-bottom));
        padding: 0 6px env(safe-area-inset-bottom);
        background: color-mix(in srgb, var(--mf-surface-1) 92%, transparent);
        backdrop-filter: blur(20px) saturate(1.4);
        border-block-start: 1px solid var(--mf-line-1);
      }
      a {
        position: relative;
        display: grid;
        justify-items: center;
        gap: 3px;
        padding: 7px 0;
        color: var(--mf-text-3);
        font-size: var(--mf-text-2xs);
        font-weight: var(--mf-weight-mid);
      }
      a .ic {
        inline-size: 23px;
        block-size: 23px;
      }
      a[aria-current] {
        color: var(--mf-text-1);
      }
      a[aria-current]::before {
        content: '';
        position: absolute;
        inset-block-start: -3px;
        inline-size: 22px;
        block-size: 3px;
        border-radius: 2px;
        background: var(--mf-text-1);
      }
      .paste {
        justify-self: center;
        inline-size: 52px;
        block-size: 44px;
        padding: 0;
        place-items: center;
        align-content: center;
        border-radius: 15px;
        background: var(--mf-signal);
        color: var(--mf-signal-ink);
      }
      .count {
        inset-block-start: 2px;
        inset-inline-end: calc(50% - 20px);
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
      ${this._link('home', 'home')} ${this._link('library', 'folder')}
      <a class="paste" href=${this.hrefOf('add')} aria-label=${t('add')}>${icon('plus', 'lg')}</a>
      ${this._link('downloads', 'download')} ${this._link('status', 'pulse')}
    </nav>`;
  }

  private _link(destination: Exclude<Destination, 'add'>, symbol: IconName) {
    // On a phone the settings are reached from the status.
    const here = this.current === destination || (destination === 'status' && this.current === 'settings');
    return html`<a href=${this.hrefOf(destination)} aria-current=${here ? 'page' : nothing}>
      ${icon(symbol)}<span>${t(`nav_${destination}`)}</span>
      ${destination === 'downloads' ? countBadge(this.running, this.needsYou) : nothing}
    </a>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-tabbar': MfTabbar;
  }
}
