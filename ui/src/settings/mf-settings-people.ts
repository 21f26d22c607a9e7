import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import type { ResultOf } from 'gql.tada';
import { AccountsQuery, DisableMutation, RoleMutation } from '../api/account-documents.ts';
import type { AccountFragment } from '../api/account-documents.ts';
import { Busy } from '../elements/busy.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-menu.ts';
import { menuItems } from '../elements/mf-menu.ts';
import { renderProblem } from '../elements/problem.ts';
import { apiContext, sessionContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { formatBytes } from '../words/format.ts';
import { initialOf } from '../words/names.ts';
import { localized, t, tn } from '../words/settings.ts';
import './mf-person.ts';
import type { PersonAsk } from './mf-person.ts';
import { settingsStyles } from './settings.styles.ts';
import { readStorage } from './storage.ts';
import type { StorageSum } from './storage.ts';

type Account = ResultOf<typeof AccountFragment>;

/** Everybody of the household, for admins. */
@customElement('mf-settings-people')
@localized()
export class MfSettingsPeople extends LitElement {
  static override styles = [base, fields, menuItems, settingsStyles];

  @state() private _ask: PersonAsk | undefined;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _session = new UseStore(this, sessionContext);
  private readonly _busy = new Busy(this);
  private readonly _people = new Task(this, {
    task: async ([api], { signal }) => {
      if (!api) return undefined;
      const [{ accounts }, storage] = await Promise.all([
        api.query(AccountsQuery, {}, signal),
        readStorage(api, signal).catch(() => undefined), // The names are what counts.
      ]);
      return { accounts, sums: storage?.total?.people ?? [] };
    },
    args: () => [this._api.value] as const,
  });

  protected override render() {
    const people = this._people.value;
    return html`<section aria-labelledby="h">
      <header>
        <h2 id="h">${t('settings_people')}</h2>
        <p>${t('people_text')}</p>
      </header>
      ${renderProblem(this._busy.problem)} ${people ? this._renderList(people.accounts, people.sums) : nothing}
      ${
        people
          ? nothing
          : this._people.render({
              pending: () => html`<p class="t3" role="status">${t('people_loading')}</p>`,
              error: () =>
                html`<p class="t2">${t('people_failed')}</p>
                  <button class="btn" @click=${() => void this._people.run()}>${t('again')}</button>`,
            })
      }
      <button class="btn add" @click=${() => (this._ask = { kind: 'new' })}>
        ${icon('plus', 'sm')}${t('person_new')}
      </button>
      ${this._ask ? html`<mf-person .ask=${this._ask} @mf-close=${this._onClose}></mf-person>` : nothing}
    </section>`;
  }

  private _renderList(accounts: readonly Account[], sums: readonly StorageSum[]) {
    return html`<ul class="lst">
      ${accounts.map((account) =>
        this._renderPerson(
          account,
          sums.find(({ id }) => id === account.id),
        ),
      )}
    </ul>`;
  }

  private _renderPerson(account: Account, sum: StorageSum | undefined) {
    const { id, username, role, disabled, leaving } = account;
    const own = id === this._session.value?.user?.id;
    const kept = sum ? `${tn('posts', sum.posts)} · ${formatBytes(sum.bytes)}` : tn('posts', 0);
    return html`<li class="line person">
      <span class="av" aria-hidden="true">${initialOf(username)}</span>
      <div class="grow">
        <p class="row tight wrap">
          <bdi class="strong">${username}</bdi>
          ${own ? html`<span class="t3 xs">${t('person_you')}</span>` : nothing}
          <span class="badge">${t(`role_${role}`)}</span>
          ${disabled ? html`<span class="badge">${t('person_disabled')}</span>` : nothing}
          ${leaving ? html`<span class="badge">${t('person_leaving')}</span>` : nothing}
        </p>
        <p class="sm-t t2 num">${kept}</p>
      </div>
      ${own || leaving ? nothing : this._renderMenu(account)}
    </li>`;
  }

  private _renderMenu({ id, username, role, disabled }: Account) {
    const other = role === 'admin' ? 'user' : 'admin';
    return html`<mf-menu .label=${username}>
      <button slot="trigger" class="icb" aria-label=${t('folder_more', { name: username })}>${icon('more')}</button>
      <button
        class="item"
        role="menuitem"
        @click=${() => void this._change(async (api) => api.query(RoleMutation, { id, role: other }))}
      >
        ${icon('user', 'sm')}${t(`make_${other}`)}
      </button>
      <button
        class="item"
        role="menuitem"
        @click=${() => void this._change(async (api) => api.query(DisableMutation, { id, disabled: !disabled }))}
      >
        ${icon('lock', 'sm')}${t(disabled ? 'person_enable' : 'person_disable')}
      </button>
      <button class="item" role="menuitem" @click=${() => (this._ask = { kind: 'password', id, username })}>
        ${icon('key', 'sm')}${t('person_password')}
      </button>
      <hr />
      <button class="item" role="menuitem" @click=${() => (this._ask = { kind: 'delete', id, username })}>
        ${icon('trash', 'sm')}${t('person_delete')}
      </button>
    </mf-menu>`;
  }

  private async _change(send: (api: NonNullable<typeof this._api.value>) => Promise<unknown>): Promise<void> {
    const api = this._api.value;
    if (api && (await this._busy.run(async () => send(api)))) await this._people.run();
  }

  private readonly _onClose = (): void => {
    this._ask = undefined;
    void this._people.run();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-settings-people': MfSettingsPeople;
  }
}
