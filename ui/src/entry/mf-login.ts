import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { toApiError } from '../api/api-error.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-mark.ts';
import { sessionContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { errorSentence } from '../words/errors.ts';
import { localized, t } from '../words/entry.ts';
import { ART } from './art.ts';
import { entryStyles } from './entry.styles.ts';
import { passwordField } from './password-field.ts';

/**
 * The door.
 * @fires mf-signed-in
 */
@customElement('mf-login')
@localized()
export class MfLogin extends LitElement {
  static override styles = [
    base,
    fields,
    entryStyles,
    css`
      .entry {
        display: grid;
        grid-template-columns: minmax(0, 1.25fr) minmax(420px, 1fr);
        min-block-size: 100dvh;
      }
      .tilt {
        position: relative;
        overflow: hidden;
        background: #000;
      }
      .tilt > div {
        position: absolute;
        inset: -22% -14%;
        columns: 5;
        column-gap: 14px;
        rotate: -9deg;
      }
      .tilt img {
        inline-size: 100%;
        object-fit: cover;
        border-radius: 12px;
        margin-block-end: 14px;
        background: var(--mf-surface-2);
      }
      .tilt::after {
        content: '';
        position: absolute;
        inset: 0;
        background: linear-gradient(90deg, #0c0c0b4d 40%, var(--mf-page));
      }
      :host(:dir(rtl)) .tilt::after {
        background: linear-gradient(-90deg, #0c0c0b4d 40%, var(--mf-page));
      }
      .door {
        align-self: center;
        justify-self: center;
        inline-size: min(372px, 100% - 48px);
        display: grid;
        gap: 18px;
      }
      h1 {
        font-size: var(--mf-text-2xl);
        letter-spacing: var(--mf-tracking-display);
      }
      .foot {
        text-align: center;
      }
      @media (max-width: 699px) {
        .entry {
          grid-template-columns: 1fr;
          grid-template-rows: min(240px, 26dvh) 1fr;
        }
        .tilt::after {
          background: linear-gradient(180deg, #0c0c0b33 30%, var(--mf-page));
        }
        .door {
          align-self: start;
          padding-block: 4px 32px;
        }
      }
    `,
  ];

  @state() private _shown = false;
  @state() private _busy = false;
  @state() private _problem = '';
  @query('#name') private readonly _name: HTMLInputElement | null | undefined;
  @query('#password') private readonly _password: HTMLInputElement | null | undefined;
  private readonly _session = new UseStore(this, sessionContext);

  protected override firstUpdated(): void {
    if (window.matchMedia('(pointer: fine)').matches) this._name?.focus(); // No keyboard over half of a phone unasked.
  }

  protected override render() {
    return html`<main class="entry">
      <div class="tilt" aria-hidden="true">
        <div>
          ${ART.map(({ src, ratio }) => html`<img src=${src} alt="" style=${styleMap({ aspectRatio: String(ratio) })} />`)}
        </div>
      </div>
      <form class="door" aria-labelledby="title" novalidate @submit=${this._onSubmit}>
        <span class="logo"><mf-mark></mf-mark>MediaFetcher</span>
        <h1 id="title">${t('login_title')}</h1>
        ${
          this._problem
            ? html`<div class="note bad" role="alert">
                ${icon('alert')}
                <p>${this._problem}</p>
              </div>`
            : nothing
        }
        <div class="field">
          <label for="name">${t('name')}</label>
          <span class="input">
            <input
              id="name"
              name="username"
              autocomplete="username"
              autocapitalize="none"
              spellcheck="false"
              maxlength="100"
            />
          </span>
        </div>
        ${passwordField({ autocomplete: 'current-password', shown: this._shown, onShow: () => (this._shown = !this._shown) })}
        <button class="btn main big wide" ?disabled=${this._busy}>${t(this._busy ? 'login_busy' : 'login')}</button>
        <p class="foot xs t3">${t('login_foot', { host: location.host })}</p>
      </form>
    </main>`;
  }

  private readonly _onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const username = this._name?.value.trim() ?? '';
    const password = this._password?.value ?? '';
    if (this._busy) return;
    if (!username || !password) {
      this._problem = t('login_missing');
      (username ? this._password : this._name)?.focus();
      return;
    }
    this._busy = true;
    this._problem = '';
    try {
      await this._session.value?.signIn(username, password);
      this.dispatchEvent(new CustomEvent('mf-signed-in', { bubbles: true, composed: true }));
    } catch (error) {
      const refusal = toApiError(error);
      this._problem = refusal.status === 401 ? t('login_wrong') : errorSentence(refusal);
      this._password?.select();
      this._password?.focus();
    }
    this._busy = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-login': MfLogin;
  }
}
