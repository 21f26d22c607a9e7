import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { CalmElement } from '../elements/calm-element.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-menu.ts';
import { menuItems } from '../elements/mf-menu.ts';
import { connectionContext, preferencesContext, sessionContext } from '../state/contexts.ts';
import { THEMES } from '../state/preferences.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { initialOf } from '../words/names.ts';
import { LANGUAGE_NAMES, LOCALES, localized, t } from '../words/t.ts';

/**
 * The person's avatar with a small menu: theme, language, sign out. Its dot tells how the connection is.
 * @fires mf-keys - wants the list of keys
 * @fires mf-palette - wants everything by its name
 */
@customElement('mf-account')
@localized()
export class MfAccount extends CalmElement {
  static override styles = [
    base,
    menuItems,
    css`
      :host {
        display: inline-block;
      }
      .me {
        position: relative;
        display: grid;
        place-items: center;
        inline-size: 36px;
        block-size: 36px;
        border-radius: 50%;
        background: #4b3a63;
        color: #efe4ff;
        font-size: var(--mf-text-sm);
        font-weight: var(--mf-weight-strong);
        text-transform: uppercase;
      }
      .me:focus-visible {
        border-radius: 50%;
      }
      /* A finger needs more than the eye. */
      .me::before {
        content: '';
        position: absolute;
        inset: -4px;
      }
      .me::after {
        content: '';
        position: absolute;
        inset-block-end: -1px;
        inset-inline-end: -1px;
        inline-size: 11px;
        block-size: 11px;
        border-radius: 50%;
        background: var(--mf-ok);
        border: 2px solid var(--mf-surface-1);
      }
      .me.degraded::after {
        background: var(--mf-warn);
        border-radius: 3px;
      }
      .me.offline::after {
        background: var(--mf-danger);
        border-radius: 0;
      }
    `,
  ];

  @property() side: 'below' | 'above' = 'below';
  private readonly _session = new UseStore(this, sessionContext);
  private readonly _preferences = new UseStore(this, preferencesContext);
  private readonly _connection = new UseStore(this, connectionContext);

  protected override render() {
    const name = this._session.value?.user?.username ?? '';
    const state = this._connection.value?.state ?? 'up';
    const preferences = this._preferences.value;
    return html`<mf-menu .label=${t('account')} .side=${this.side}>
      <button
        slot="trigger"
        class="me ${state}"
        aria-label=${t('account_label', { name, state: t(`connection_${state}`) })}
      >
        ${initialOf(name)}
      </button>
      <p class="group"><bdi>${name}</bdi> · ${t(`connection_${state}`)}</p>
      <hr />
      <p class="group">${t('theme')}</p>
      ${THEMES.map(
        (theme) =>
          html`<button
            class="item"
            role="menuitemradio"
            aria-checked=${theme === preferences?.theme}
            @click=${() => preferences?.setTheme(theme)}
          >
            ${icon(theme === 'light' ? 'sun' : theme === 'dark' ? 'moon' : 'laptop', 'sm')}${t(`theme_${theme}`)}
            ${theme === preferences?.theme ? html`<span class="tick">${icon('check', 'sm')}</span>` : nothing}
          </button>`,
      )}
      <hr />
      <p class="group">${t('language')}</p>
      ${LOCALES.map(
        (locale) =>
          html`<button
            class="item"
            role="menuitemradio"
            lang=${locale}
            aria-checked=${locale === preferences?.locale}
            @click=${() => void preferences?.setLocale(locale)}
          >
            ${icon('globe', 'sm')}${LANGUAGE_NAMES[locale]}
            ${locale === preferences?.locale ? html`<span class="tick">${icon('check', 'sm')}</span>` : nothing}
          </button>`,
      )}
      <hr />
      <button class="item" role="menuitem" @click=${this._onPalette}>
        ${icon('search', 'sm')}${t('commands')}<span class="kbd tick only-desk">Ctrl K</span>
      </button>
      <button class="item" role="menuitem" @click=${this._onKeys}>${icon('keyboard', 'sm')}${t('keys')}</button>
      <button class="item" role="menuitem" @click=${() => void this._session.value?.signOut()}>
        ${icon('logout', 'sm')}${t('sign_out')}
      </button>
    </mf-menu>`;
  }

  private readonly _onPalette = (): void => {
    this.dispatchEvent(new CustomEvent('mf-palette', { bubbles: true, composed: true }));
  };

  private readonly _onKeys = (): void => {
    this.dispatchEvent(new CustomEvent('mf-keys', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-account': MfAccount;
  }
}
