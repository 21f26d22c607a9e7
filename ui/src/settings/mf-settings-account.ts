import { html, LitElement } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { ChangePasswordMutation } from '../api/account-documents.ts';
import { Busy } from '../elements/busy.ts';
import { renderProblem } from '../elements/problem.ts';
import { passwordStrength, SHORTEST_PASSWORD } from '../entry/password-field.ts';
import { apiContext, sessionContext, toastsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { initialOf } from '../words/names.ts';
import { isMessageId, localized, t } from '../words/settings.ts';
import { settingsStyles } from './settings.styles.ts';

/** Who is signed in, and their password. */
@customElement('mf-settings-account')
@localized()
export class MfSettingsAccount extends LitElement {
  static override styles = [base, fields, settingsStyles];

  @state() private _typed = '';
  @query('#current') private readonly _current: HTMLInputElement | null | undefined;
  @query('#new') private readonly _new: HTMLInputElement | null | undefined;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _session = new UseStore(this, sessionContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private readonly _busy = new Busy(this);

  protected override render() {
    const user = this._session.value?.user;
    const name = user?.username ?? '';
    return html`<section aria-labelledby="h">
      <header><h2 id="h">${t('settings_account')}</h2></header>
      <ul class="lst">
        <li class="line">
          <span class="av" aria-hidden="true">${initialOf(name)}</span>
          <div class="grow">
            <p class="strong"><bdi>${name}</bdi></p>
            <p class="sm-t t2">${t(user?.role === 'admin' ? 'role_admin_long' : 'role_user_long')}</p>
          </div>
          <button class="btn" @click=${() => void this._session.value?.signOut()}>${t('sign_out')}</button>
        </li>
      </ul>
      <h3>${t('password_change')}</h3>
      <div class="lst">${this._renderForm(name)}</div>
    </section>`;
  }

  private _renderForm(name: string) {
    const strength = `strength_${passwordStrength(this._typed)}`;
    const hint = isMessageId(strength) ? t(strength, { n: SHORTEST_PASSWORD }) : '';
    return html`<form @submit=${this._onSubmit}>
      <input class="vh" type="text" autocomplete="username" tabindex="-1" aria-hidden="true" readonly .value=${name} />
      <div class="field">
        <label for="current">${t('password_current')}</label>
        <span class="input"
          ><input id="current" type="password" autocomplete="current-password" maxlength="200" required
        /></span>
      </div>
      <div class="field">
        <label for="new">${t('password_new')}</label>
        <span class="input"
          ><input
            id="new"
            type="password"
            autocomplete="new-password"
            minlength=${SHORTEST_PASSWORD}
            maxlength="200"
            required
            aria-describedby="hint"
            @input=${() => (this._typed = this._new?.value ?? '')}
        /></span>
        <p class="hint" id="hint">${hint}</p>
      </div>
      ${renderProblem(this._busy.problem)}
      <p class="xs t3">${t('password_text')}</p>
      <button class="btn paper" ?disabled=${this._busy.on}>${t('password_change')}</button>
    </form>`;
  }

  private readonly _onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const [current, password] = [this._current?.value ?? '', this._new?.value ?? ''];
    const done = await this._busy.run(async () =>
      this._api.value?.query(ChangePasswordMutation, { current, password }),
    );
    if (!done) return;
    this._toasts.value?.show({ text: t('password_changed'), tone: 'good' });
    this._session.value?.end();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-settings-account': MfSettingsAccount;
  }
}
