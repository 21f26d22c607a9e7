import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import type { IconName } from '../elements/icons.ts';
import type { SettingsSection } from '../router/route.ts';
import { routerContext, sessionContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/settings.ts';
import './mf-settings-account.ts';
import './mf-settings-appearance.ts';
import './mf-settings-cookies.ts';
import './mf-settings-downloads.ts';
import './mf-settings-people.ts';
import './mf-settings-plugins.ts';
import './mf-settings-storage.ts';
import './mf-settings-tools.ts';

/** In the order of the list; some are for admins only. */
const SECTIONS: readonly { readonly name: SettingsSection; readonly icon: IconName; readonly admin?: true }[] = [
  { name: 'account', icon: 'user' },
  { name: 'cookies', icon: 'key' },
  { name: 'plugins', icon: 'stack', admin: true },
  { name: 'people', icon: 'users', admin: true },
  { name: 'downloads', icon: 'download', admin: true },
  { name: 'storage', icon: 'disk' },
  { name: 'tools', icon: 'bolt', admin: true },
  { name: 'appearance', icon: 'sun' },
];

/** What can be set, a section at a time. */
@customElement('mf-settings')
@localized()
export class MfSettings extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: 220px minmax(0, 860px);
        gap: 44px;
        padding-inline: var(--mf-gutter);
      }
      .side {
        position: sticky;
        inset-block-start: calc(var(--mf-topbar) + env(safe-area-inset-top));
        align-self: start;
        padding-block-start: 8px;
      }
      h1 {
        margin: 0 12px 14px;
        font-size: var(--mf-text-2xl);
        letter-spacing: var(--mf-tracking-display);
      }
      nav {
        display: grid;
        gap: 2px;
      }
      nav a {
        display: flex;
        align-items: center;
        gap: 12px;
        min-block-size: 40px;
        padding-inline: 12px;
        border-radius: var(--mf-radius-md);
        color: var(--mf-text-2);
        font-size: var(--mf-text-sm);
        font-weight: var(--mf-weight-mid);
        white-space: nowrap;
      }
      nav a:hover {
        background: var(--mf-surface-2);
      }
      nav [aria-current] {
        background: var(--mf-surface-3);
        color: var(--mf-text-1);
      }
      .main {
        padding-block: 14px 40px;
      }
      @media (max-width: 1199px) {
        :host {
          grid-template-columns: 180px minmax(0, 1fr);
          gap: 24px;
        }
      }
      @media (max-width: 699px) {
        :host {
          display: block;
        }
        .side {
          z-index: var(--mf-z-raised);
          inset-block-start: calc(var(--mf-topbar) + env(safe-area-inset-top));
          margin-inline: calc(-1 * var(--mf-gutter));
          padding-block: 4px 8px;
          background: var(--mf-page);
        }
        h1 {
          margin: 0 var(--mf-gutter) 10px;
        }
        nav {
          display: flex;
          gap: 8px;
          overflow-x: auto;
          scrollbar-width: none;
          padding-inline: var(--mf-gutter);
        }
        nav a {
          flex: none;
          min-block-size: 44px;
          border-radius: var(--mf-radius-full);
          background: var(--mf-surface-2);
        }
        nav [aria-current] {
          background: var(--mf-text-1);
          color: var(--mf-text-inverse);
        }
      }
    `,
  ];

  @property() section: SettingsSection = 'account';
  @query('nav [aria-current]') private readonly _current: HTMLElement | null | undefined;
  private readonly _router = new UseStore(this, routerContext);
  private readonly _session = new UseStore(this, sessionContext);

  protected override render() {
    const admin = this._session.value?.user?.role === 'admin';
    const shown = SECTIONS.filter((section) => admin || !section.admin);
    return html`<div class="side">
        <h1 tabindex="-1">${t('settings')}</h1>
        <nav aria-label=${t('settings')}>
          ${shown.map(
            ({ name, icon: symbol }) =>
              html`<a
                href=${this._router.value?.href({ name: 'settings', section: name }) ?? ''}
                aria-current=${name === this.section ? 'page' : nothing}
                >${icon(symbol, 'sm')}${t(`settings_${name}`)}</a
              >`,
          )}
        </nav>
      </div>
      <div class="main">${this._renderSection(admin)}</div>`;
  }

  /** On a phone the sections are a strip that is wider than the screen. */
  protected override updated(): void {
    const link = this._current;
    const strip = link?.parentElement;
    if (!link || !strip) return;
    const [shown, whole] = [link.getBoundingClientRect(), strip.getBoundingClientRect()];
    strip.scrollBy({ left: shown.left + shown.width / 2 - whole.left - whole.width / 2 });
  }

  private _renderSection(admin: boolean) {
    if (!admin && SECTIONS.some((section) => section.admin && section.name === this.section))
      return html`<p class="t2">${t('settings_admin')}</p>`;
    switch (this.section) {
      case 'account':
        return html`<mf-settings-account></mf-settings-account>`;
      case 'people':
        return html`<mf-settings-people></mf-settings-people>`;
      case 'cookies':
        return html`<mf-settings-cookies></mf-settings-cookies>`;
      case 'plugins':
        return html`<mf-settings-plugins></mf-settings-plugins>`;
      case 'downloads':
        return html`<mf-settings-downloads></mf-settings-downloads>`;
      case 'tools':
        return html`<mf-settings-tools></mf-settings-tools>`;
      case 'storage':
        return html`<mf-settings-storage></mf-settings-storage>`;
      case 'appearance':
        return html`<mf-settings-appearance></mf-settings-appearance>`;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-settings': MfSettings;
  }
}
