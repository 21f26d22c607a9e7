import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { Busy } from '../elements/busy.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-dialog.ts';
import { renderProblem } from '../elements/problem.ts';
import { askStyles } from '../library/ask.styles.ts';
import { apiContext, toastsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { localized, t } from '../words/settings.ts';

/** A larger file is no export of cookies. Bytes. */
const LARGEST = 2_000_000;

/**
 * Takes a browser's cookies for a platform, as text or as a file. What was typed is forgotten with the dialog.
 * @fires mf-close
 * @fires mf-sent
 */
@customElement('mf-cookies-send')
@localized()
export class MfCookiesSend extends LitElement {
  static override styles = [
    base,
    fields,
    askStyles,
    css`
      textarea {
        inline-size: 100%;
        min-block-size: 130px;
        padding: 11px 13px;
        border: 0;
        border-radius: var(--mf-radius-md);
        background: var(--mf-surface-2);
        box-shadow: inset 0 0 0 1px var(--mf-control);
        color: inherit;
        font: 12px/1.5 var(--mf-font-mono);
        resize: vertical;
      }
      textarea:focus {
        outline: none;
        box-shadow: inset 0 0 0 2px var(--mf-signal-text);
      }
      /* Smaller, and iPhones zoom in. */
      @media (max-width: 699px) {
        textarea {
          font-size: var(--mf-text-lg);
        }
      }
    `,
  ];

  @property() platform = '';
  @property() name = '';
  /** The account whose cookies are replaced; none for a new one. */
  @property() account = '';
  @state() private _missing = false;
  @query('textarea') private readonly _text: HTMLTextAreaElement | null | undefined;
  @query('#account') private readonly _account: HTMLInputElement | null | undefined;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private readonly _busy = new Busy(this);

  protected override render() {
    const title = t('cookies_send_title', { name: this.name });
    return html`<mf-dialog size="s" middle .label=${title}>
      <form novalidate @submit=${this._onSubmit}>
        <div class="dlg">
          <h2>${title}</h2>
          <p class="t2 sm-t">${t('cookies_send_text')}</p>
          <div class="field">
            <label for="text">${t('cookies_text')}</label>
            <textarea
              id="text"
              autofocus
              autocomplete="off"
              autocapitalize="none"
              spellcheck="false"
              aria-describedby="text-hint"
              aria-invalid=${this._missing ? 'true' : 'false'}
            ></textarea>
            <p class="hint ${this._missing ? 'bad' : ''}" id="text-hint">
              ${t(this._missing ? 'cookies_missing' : 'cookies_hint')}
            </p>
          </div>
          <div>
            <button
              class="btn small"
              type="button"
              @click=${() => this.renderRoot.querySelector<HTMLInputElement>('#file')?.click()}
            >
              ${icon('paste', 'sm')}${t('cookies_file')}
            </button>
            <input
              id="file"
              type="file"
              hidden
              accept=".txt,.json,text/plain,application/json"
              @change=${this._onFile}
            />
          </div>
          ${this.account ? nothing : this._renderAccount()} ${renderProblem(this._busy.problem)}
        </div>
        <div class="foot">
          <button class="btn ghost" type="button" @click=${this._close}>${t('cancel')}</button>
          <button class="btn main" ?disabled=${this._busy.on}>
            ${t(this._busy.on ? 'cookies_busy' : 'cookies_go')}
          </button>
        </div>
      </form>
    </mf-dialog>`;
  }

  private _renderAccount() {
    return html`<div class="field">
      <label for="account">${t('cookies_account')}</label>
      <span class="input"
        ><input id="account" maxlength="40" autocomplete="off" autocapitalize="none" spellcheck="false"
      /></span>
      <p class="hint">${t('cookies_account_hint')}</p>
    </div>`;
  }

  private readonly _onFile = async (event: Event): Promise<void> => {
    const file = event.target instanceof HTMLInputElement ? event.target.files?.[0] : undefined;
    if (!file || !this._text) return;
    this._text.value = file.size > LARGEST ? '' : await file.text();
    this._missing = this._text.value.trim() === '';
  };

  private readonly _onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const api = this._api.value;
    const text = this._text?.value.trim() ?? '';
    this._missing = text === '';
    if (!api || this._missing) {
      this._text?.focus();
      return;
    }
    const account = this.account || this._account?.value.trim();
    const body = { platform: this.platform, cookies: text, ...(account ? { account } : {}) };
    const done = await this._busy.run(async () => api.rest('cookies', { method: 'POST', body }));
    if (!done) return;
    this._toasts.value?.show({ text: t('cookies_sent', { name: this.name }), tone: 'good' });
    this.dispatchEvent(new CustomEvent('mf-sent', { bubbles: true, composed: true }));
    this._close();
  };

  private readonly _close = (): void => {
    this.dispatchEvent(new CustomEvent('mf-close', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-cookies-send': MfCookiesSend;
  }
}
