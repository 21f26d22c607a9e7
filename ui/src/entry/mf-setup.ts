import { html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { toApiError } from '../api/api-error.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-mark.ts';
import { preferencesContext, sessionContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { errorSentence } from '../words/errors.ts';
import { localized, t } from '../words/entry.ts';
import { LANGUAGE_NAMES, LOCALES } from '../words/t.ts';
import type { MessageId } from '../words/entry.ts';
import { entryStyles } from './entry.styles.ts';
import { stepsStyles } from './steps.styles.ts';
import { passwordField, passwordStrength, SHORTEST_PASSWORD } from './password-field.ts';

const STRENGTH_WORDS: readonly MessageId[] = ['strength_0', 'strength_1', 'strength_2', 'strength_3', 'strength_4'];
/**
 * First run: who the first one here is.
 * @fires mf-signed-in
 */
@customElement('mf-setup')
@localized()
export class MfSetup extends LitElement {
  static override styles = [base, fields, entryStyles, stepsStyles];

  @state() private _shown = false;
  @state() private _busy = false;
  @state() private _strength = 0;
  @state() private _problem = '';
  @state() private _nameProblem = '';
  @state() private _passwordProblem = '';
  @query('#name') private readonly _name: HTMLInputElement | null | undefined;
  @query('#password') private readonly _password: HTMLInputElement | null | undefined;
  private readonly _session = new UseStore(this, sessionContext);
  private readonly _preferences = new UseStore(this, preferencesContext);

  protected override firstUpdated(): void {
    if (window.matchMedia('(pointer: fine)').matches) this._name?.focus();
  }

  protected override render() {
    const locale = this._preferences.value?.locale;
    return html`<main class="setup">
      <mf-mark class="bgmark"></mf-mark>
      <section>
        <span class="logo"><mf-mark></mf-mark>MediaFetcher</span>
        <div class="col">
          <h1>${t('setup_title')}</h1>
          <p class="t2">${t('setup_text')}</p>
        </div>
        ${
          this._problem
            ? html`<div class="note bad" role="alert">
                ${icon('alert')}
                <p>${this._problem}</p>
              </div>`
            : nothing
        }
        <form novalidate @submit=${this._onSubmit}>
          <div class="field">
            <label for="name">${t('setup_name')}</label>
            <span class="input ${this._nameProblem ? 'bad' : ''}">
              <input
                id="name"
                name="username"
                autocomplete="username"
                autocapitalize="none"
                spellcheck="false"
                maxlength="64"
                aria-invalid=${this._nameProblem ? 'true' : 'false'}
                aria-describedby="name-hint"
              />
            </span>
            <p class="hint bad" id="name-hint" ?hidden=${!this._nameProblem}>${this._nameProblem}</p>
          </div>
          ${passwordField({
            autocomplete: 'new-password',
            shown: this._shown,
            onShow: () => (this._shown = !this._shown),
            onInput: () => (this._strength = passwordStrength(this._password?.value ?? '')),
            problem: this._passwordProblem,
            hint: t(STRENGTH_WORDS[this._strength] ?? 'strength_0', { n: SHORTEST_PASSWORD }),
            strength: this._strength,
          })}
          <div class="field">
            <span class="label" id="language">${t('language')}</span>
            <div class="seg" role="group" aria-labelledby="language">
              ${LOCALES.map(
                (id) =>
                  html`<button
                    type="button"
                    lang=${id}
                    aria-pressed=${id === locale}
                    @click=${() => void this._preferences.value?.setLocale(id)}
                  >
                    ${LANGUAGE_NAMES[id]}
                  </button>`,
              )}
            </div>
          </div>
          <div class="go">
            <button class="btn main big" ?disabled=${this._busy}>${t(this._busy ? 'setup_busy' : 'setup_go')}</button>
          </div>
        </form>
      </section>
    </main>`;
  }

  private readonly _onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    if (this._busy) return;
    const username = this._name?.value.trim() ?? '';
    const password = this._password?.value ?? '';
    this._nameProblem = username ? '' : t('setup_name_missing');
    this._passwordProblem =
      password.length >= SHORTEST_PASSWORD ? '' : t('setup_password_short', { n: SHORTEST_PASSWORD });
    if (this._nameProblem || this._passwordProblem) {
      (this._nameProblem ? this._name : this._password)?.focus();
      return;
    }
    this._busy = true;
    this._problem = '';
    try {
      await this._session.value?.setUp(username, password);
      this.dispatchEvent(new CustomEvent('mf-signed-in', { bubbles: true, composed: true }));
    } catch (error) {
      const refusal = toApiError(error);
      this._problem = errorSentence(refusal);
      if (refusal.code === 'MF_ERR_SETUP_DONE') await this._session.value?.load();
    }
    this._busy = false;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-setup': MfSetup;
  }
}
