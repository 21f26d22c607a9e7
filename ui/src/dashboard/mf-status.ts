import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { toApiError } from '../api/api-error.ts';
import { MachineryQuery, StatusQuery } from '../api/status-documents.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-empty.ts';
import { apiContext, connectionContext, downloadsContext, routerContext, sessionContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { errorSentence } from '../words/errors.ts';
import { formatNumber } from '../words/format.ts';
import { localized, t } from '../words/status.ts';
import './mf-days.ts';
import './mf-status-activity.ts';
import './mf-status-behind.ts';
import './mf-status-platforms.ts';
import './mf-status-storage.ts';
import { Refresh } from './refresh.ts';
import { formatSpan } from './spans.ts';
import { statusStyles } from './status.styles.ts';
import type { Machinery, Status } from './status-types.ts';
import { verdictOf } from './verdict.rules.ts';

/** How everything is, at a glance. Moves by events; while nobody looks nothing is asked. */
@customElement('mf-status')
@localized()
export class MfStatus extends LitElement {
  static override styles = [base, statusStyles];

  @state() private _everybody = false;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _session = new UseStore(this, sessionContext);
  private readonly _downloads = new UseStore(this, downloadsContext);
  private readonly _connection = new UseStore(this, connectionContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _read = new Task(this, {
    task: async ([api, admin, everybody], { signal }) => {
      if (!api) return undefined;
      const [status, machinery] = await Promise.all([
        api.query(StatusQuery, { everybody }, signal),
        admin ? api.query(MachineryQuery, {}, signal) : undefined,
      ]);
      return { status, machinery };
    },
    args: () => [this._api.value, this._admin, this._everybody] as const,
  });

  constructor() {
    super();
    new Refresh(this, {
      stores: () => [this._downloads.value, this._connection.value],
      run: () => void this._read.run(),
    });
  }

  private get _admin(): boolean {
    return this._session.value?.user?.role === 'admin';
  }

  protected override render() {
    const known = this._read.value;
    if (!known)
      return html`<h1 class="say" tabindex="-1">${t('nav_status')}</h1>
        ${this._read.render({
          pending: () => html`<p class="t3" role="status">${t('status_loading')}</p>`,
          error: (error) =>
            html`<mf-empty icon="offline" .heading=${t('status_failed')} .text=${errorSentence(toApiError(error))}>
              <button class="btn big" @click=${() => void this._read.run()}>${t('again')}</button>
            </mf-empty>`,
        })}`;
    const { status, machinery } = known;
    return html`${this._renderHead(status)}
      <div class="board" @mf-rest-over=${() => void this._read.run()}>
        ${this._renderCounts(status)}
        <mf-status-now class="now" role="group" aria-label=${t('now_title')}></mf-status-now>
        <mf-status-storage
          class="store"
          .storage=${status.storage}
          .samples=${machinery?.storageDays ?? []}
        ></mf-status-storage>
        <mf-status-platforms
          class="plats"
          .status=${status}
          .fixHref=${this._router.value?.href({ name: 'settings', section: 'cookies' }) ?? ''}
        ></mf-status-platforms>
        <mf-status-recent class="recent ${this._admin ? '' : 'wide'}"></mf-status-recent>
        ${this._renderBehind(status, machinery)}
      </div>`;
  }

  private _renderHead(status: Status) {
    const { tone, sentence, more } = verdictOf(status);
    const { startedAt, version } = status.status;
    const time = formatSpan((Date.now() - Date.parse(startedAt)) / 1000);
    return html`<header>
      <div class="grow">
        <h1 class="say" tabindex="-1">
          <span class="dot ${tone}" aria-hidden="true"></span>${sentence} <span class="t3">${more}</span>
        </h1>
        <p class="num t2">${t('status_up', { time, version })}</p>
      </div>
      <a
        class="icb only-phone"
        href=${this._router.value?.href({ name: 'settings', section: 'account' }) ?? ''}
        aria-label=${t('settings')}
        >${icon('sliders')}</a
      >
    </header>`;
  }

  private _renderCounts({ downloadDays }: Status) {
    const downloads = this._downloads.value;
    const router = this._router.value;
    const now = router?.href({ name: 'downloads', tab: 'now' }) ?? '';
    const finished = router?.href({ name: 'downloads', tab: 'finished' }) ?? '';
    const failed = downloads?.counts.failed ?? 0;
    const running = (downloads?.counts.running ?? 0) + (downloads?.counts.queued ?? 0);
    return html`<section class="pane counts" aria-label=${t('counts')}>
      <div class="trio">
        <a href=${now}><b class="num signal">${formatNumber(running)}</b><span>${t('count_now')}</span></a>
        <a href=${finished}
          ><b class="num">${formatNumber(downloadDays.at(-1)?.completed ?? 0)}</b><span>${t('count_today')}</span></a
        >
        <a href=${now}
          ><b class="num ${failed > 0 ? 'danger' : ''}">${formatNumber(failed)}</b><span>${t('count_failed')}</span></a
        >
      </div>
      ${this._admin ? this._renderScope() : nothing}
      <mf-days .days=${downloadDays}></mf-days>
    </section>`;
  }

  private _renderScope() {
    return html`<div class="seg" role="group" aria-label=${t('scope')}>
      ${[false, true].map(
        (everybody) =>
          html`<button
            aria-pressed=${everybody === this._everybody ? 'true' : 'false'}
            @click=${() => (this._everybody = everybody)}
          >
            ${t(everybody ? 'scope_all' : 'scope_own')}
          </button>`,
      )}
    </div>`;
  }

  private _renderBehind(status: Status, machinery: Machinery | undefined) {
    if (!machinery) return nothing;
    return html`<mf-status-behind
      class="behind"
      .parts=${status.status.parts}
      .workers=${machinery.workers}
    ></mf-status-behind>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-status': MfStatus;
  }
}
