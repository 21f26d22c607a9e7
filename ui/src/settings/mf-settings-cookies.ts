import { Task } from '@lit/task';
import type { ResultOf } from 'gql.tada';
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { CookiesQuery, ForgetCookiesMutation } from '../api/settings-documents.ts';
import { paneStyles } from '../dashboard/dashboard.styles.ts';
import { Refresh } from '../dashboard/refresh.ts';
import { Busy } from '../elements/busy.ts';
import { glyph, icon } from '../elements/icons.ts';
import '../elements/mf-dialog.ts';
import { renderProblem } from '../elements/problem.ts';
import { askStyles } from '../library/ask.styles.ts';
import { apiContext, connectionContext, downloadsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { formatAgo, formatDate } from '../words/format.ts';
import { localized, t } from '../words/settings.ts';
import './mf-cookies-send.ts';
import { pageStyles } from './section.styles.ts';
import { settingsStyles } from './settings.styles.ts';

type Account = ResultOf<typeof CookiesQuery>['platformAccounts'][number];
const TONES = { valid: 'ok', expiring: 'warn', rejected: 'bad', none: 'off' } as const satisfies Record<
  Account['status'],
  string
>;
/** How the server calls an account without a name. */
const MAIN = 'main';

/** The person's sessions on the platforms: how they stand, never what they are. */
@customElement('mf-settings-cookies')
@localized()
export class MfSettingsCookies extends LitElement {
  static override styles = [base, fields, askStyles, paneStyles, settingsStyles, pageStyles];

  @state() private _send: { account: Account; replace: boolean } | undefined;
  @state() private _forget: Account | undefined;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _connection = new UseStore(this, connectionContext);
  private readonly _downloads = new UseStore(this, downloadsContext);
  private readonly _busy = new Busy(this);
  private readonly _read = new Task(this, {
    task: async ([api], { signal }) => (api ? (await api.query(CookiesQuery, {}, signal)).platformAccounts : []),
    args: () => [this._api.value] as const,
  });

  constructor() {
    super();
    new Refresh(this, {
      stores: () => [this._connection.value, this._downloads.value],
      run: () => void this._read.run(),
    });
  }

  protected override render() {
    const accounts = this._read.value;
    return html`<section aria-labelledby="h">
        <header>
          <h2 id="h">${t('settings_cookies')}</h2>
          <p>${t('cookies_intro')}</p>
        </header>
        <div class="note warn">
          ${icon('lock')}
          <p class="grow"><b class="strong">${t('cookies_vpn')}</b> ${t('cookies_vpn_why')}</p>
        </div>
        ${renderProblem(this._busy.problem)}
        ${
          accounts
            ? html`<ul class="lst add">
                ${accounts.map((account) => this._renderAccount(account))}
              </ul>`
            : this._read.render({
                pending: () => html`<p class="t3" role="status">${t('cookies_loading')}</p>`,
                error: () =>
                  html`<p class="t2">${t('cookies_failed')}</p>
                    <button class="btn" @click=${() => void this._read.run()}>${t('again')}</button>`,
              })
        }
      </section>
      ${this._renderSend()} ${this._forget ? this._renderForget(this._forget) : nothing}`;
  }

  private _renderAccount(account: Account) {
    const { platform, displayName, status, account: name } = account;
    const label = name && name !== MAIN ? `${displayName}, ${name}` : displayName;
    return html`<li class="line plug cookie">
      <span class="pfb">${glyph(platform)}</span>
      <div class="grow">
        <p class="row tight wrap">
          <b class="strong">${displayName}</b>
          ${name && name !== MAIN ? html`<bdi class="t3 xs">${name}</bdi>` : nothing}
          <span class="state ${TONES[status]}">${t(`cookies_${status}`)}</span>
        </p>
        <p class="sm-t t2">${factsOf(account).join(' · ')}</p>
      </div>
      ${
        status === 'none'
          ? html`<button
              class="btn small ghost"
              aria-label="${t('cookies_add')}: ${label}"
              @click=${() => this._open(account, false)}
            >
              ${t('cookies_add')}
            </button>`
          : html`<span class="row tight">
              <button
                class="btn small ${status === 'rejected' ? 'paper' : ''}"
                aria-label="${t('cookies_replace')}: ${label}"
                @click=${() => this._open(account, true)}
              >
                ${t('cookies_replace')}
              </button>
              <button
                class="icb"
                aria-label=${t('cookies_another', { name: displayName })}
                @click=${() => this._open(account, false)}
              >
                ${icon('plus', 'sm')}
              </button>
              <button
                class="icb"
                aria-label="${t('cookies_forget')}: ${label}"
                @click=${() => (this._forget = account)}
              >
                ${icon('trash', 'sm')}
              </button>
            </span>`
      }
    </li>`;
  }

  private _open(account: Account, replace: boolean): void {
    this._send = { account, replace };
  }

  private _renderSend() {
    if (!this._send) return nothing;
    const { account, replace } = this._send;
    return html`<mf-cookies-send
      .platform=${account.platform}
      .name=${account.displayName}
      .account=${replace ? (account.account ?? '') : ''}
      @mf-sent=${() => void this._read.run()}
      @mf-close=${() => (this._send = undefined)}
    ></mf-cookies-send>`;
  }

  private _renderForget(account: Account) {
    const title = t('cookies_forget_title', { name: account.displayName });
    const close = (): void => {
      this._forget = undefined;
    };
    return html`<mf-dialog size="s" middle kind="alertdialog" .label=${title} @mf-close=${close}>
      <div class="dlg">
        <h2>${title}</h2>
        <p class="t2">${t('cookies_forget_text')}</p>
      </div>
      <div class="foot">
        <button class="btn ghost" autofocus @click=${close}>${t('cancel')}</button>
        <button class="btn bad" @click=${() => void this._forgetNow(account)}>${t('cookies_forget')}</button>
      </div>
    </mf-dialog>`;
  }

  private async _forgetNow({ platform, account }: Account): Promise<void> {
    this._forget = undefined;
    const api = this._api.value;
    if (api) await this._busy.run(async () => api.query(ForgetCookiesMutation, { platform, account }));
    await this._read.run();
  }
}

/** How old it is, when it last served, when it ends. */
function factsOf({ status, savedAt, expiresAt, lastSuccessAt, rejectedAt }: Account): string[] {
  if (status === 'none' || !savedAt) return [t('cookies_none_text')];
  return [
    t('cookies_saved', { when: formatAgo(savedAt) }),
    lastSuccessAt ? t('cookies_worked', { when: formatAgo(lastSuccessAt) }) : t('cookies_unused'),
    ...(rejectedAt ? [t('cookies_refused', { when: formatAgo(rejectedAt) })] : []),
    ...(!rejectedAt && expiresAt ? [t('cookies_end', { date: formatDate(expiresAt) })] : []),
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-settings-cookies': MfSettingsCookies;
  }
}
