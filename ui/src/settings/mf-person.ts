import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { CreateAccountMutation, DeleteAccountMutation, ResetPasswordMutation } from '../api/account-documents.ts';
import type { Api } from '../api/api.ts';
import { Busy } from '../elements/busy.ts';
import '../elements/mf-dialog.ts';
import { renderProblem } from '../elements/problem.ts';
import { SHORTEST_PASSWORD } from '../entry/password-field.ts';
import { askStyles } from '../library/ask.styles.ts';
import { apiContext, toastsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { localized, t } from '../words/settings.ts';

/** What an admin wants to do with an account. */
export type PersonAsk =
  { readonly kind: 'new' } | { readonly kind: 'password' | 'delete'; readonly id: string; readonly username: string };

/**
 * A new account, a new password for one, or its end.
 * @fires mf-close
 */
@customElement('mf-person')
@localized()
export class MfPerson extends LitElement {
  static override styles = [base, fields, askStyles];

  @property({ attribute: false }) ask: PersonAsk = { kind: 'new' };
  @state() private _admin = false;
  @query('#name') private readonly _name: HTMLInputElement | null | undefined;
  @query('#password') private readonly _password: HTMLInputElement | null | undefined;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private readonly _busy = new Busy(this);

  protected override render() {
    const { ask } = this;
    const remove = ask.kind === 'delete';
    const title = ask.kind === 'new' ? t('person_new') : t(`person_${ask.kind}_title`, { name: ask.username });
    return html`<mf-dialog size="s" middle kind=${remove ? 'alertdialog' : 'dialog'} .label=${title}>
      <form @submit=${this._onSubmit}>
        <div class="dlg">
          <h2 dir="auto">${title}</h2>
          ${remove ? html`<p class="t2">${t('person_delete_text')}</p>` : nothing}
          ${ask.kind === 'new' ? this._renderName() : nothing} ${remove ? nothing : this._renderPassword()}
          ${ask.kind === 'new' ? this._renderRole() : nothing} ${renderProblem(this._busy.problem)}
        </div>
        <div class="foot">
          <button class="btn ghost" type="button" ?autofocus=${remove} @click=${this._close}>${t('cancel')}</button>
          <button class="btn ${remove ? 'bad' : 'main'}" ?disabled=${this._busy.on}>
            ${t(`person_${ask.kind}_go`)}
          </button>
        </div>
      </form>
    </mf-dialog>`;
  }

  private _renderName() {
    return html`<div class="field">
      <label for="name">${t('name')}</label>
      <div class="input">
        <input
          id="name"
          autofocus
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          maxlength="64"
          required
        />
      </div>
    </div>`;
  }

  private _renderPassword() {
    return html`<div class="field">
      <label for="password">${t('password')}</label>
      <div class="input">
        <input
          id="password"
          type="text"
          autocomplete="off"
          autocapitalize="none"
          spellcheck="false"
          minlength=${SHORTEST_PASSWORD}
          maxlength="200"
          required
        />
      </div>
      <p class="hint">${t('person_password_hint', { n: SHORTEST_PASSWORD })}</p>
    </div>`;
  }

  private _renderRole() {
    return html`<label class="choice">
      <input type="checkbox" .checked=${this._admin} @change=${() => (this._admin = !this._admin)} />
      <span>${t('role_admin')}<small>${t('role_admin_long')}</small></span>
    </label>`;
  }

  private readonly _onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const api = this._api.value;
    if (!api || !(await this._busy.run(async () => this._send(api)))) return;
    this._toasts.value?.show({ text: t(`person_${this.ask.kind}_done`), tone: 'good' });
    this._close();
  };

  private async _send(api: Api): Promise<unknown> {
    const { ask } = this;
    const password = this._password?.value ?? '';
    if (ask.kind === 'delete') return api.query(DeleteAccountMutation, { id: ask.id });
    if (ask.kind === 'password') return api.query(ResetPasswordMutation, { id: ask.id, password });
    const username = this._name?.value.trim() ?? '';
    return api.query(CreateAccountMutation, { username, password, role: this._admin ? 'admin' : 'user' });
  }

  private readonly _close = (): void => {
    this.dispatchEvent(new CustomEvent('mf-close', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-person': MfPerson;
  }
}
