import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { toApiError } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import type { Job } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import { loadPull } from '../elements/load-pull.ts';
import '../elements/mf-empty.ts';
import '../elements/mf-skeleton.ts';
import { DOWNLOAD_TABS } from '../router/route.ts';
import type { DownloadTab } from '../router/route.ts';
import { downloadsContext, routerContext, toastsContext } from '../state/contexts.ts';
import type { Downloads } from '../state/downloads.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { errorSentence } from '../words/errors.ts';
import { formatSpeed } from '../words/format.ts';
import { localized, t, tn } from '../words/downloads.ts';
import type { MessageId } from '../words/downloads.ts';
import { downloadsStyles } from './downloads.styles.ts';
import { describeFailure, SERVER_WIDE } from './failures.ts';
import { grantWish } from './grant-wish.ts';
import './mf-cancel-list.ts';
import './mf-job.ts';
import './mf-list-job.ts';
import './mf-many.ts';
import { RowFocus } from './row-focus.ts';
import type { ManyWish } from './mf-many.ts';
import { renderPick } from './pick.ts';
import type { JobWish } from './mf-job.ts';

/** The queue and what has come of it. */
@customElement('mf-downloads')
@localized()
export class MfDownloads extends LitElement {
  static override styles = [base, fields, downloadsStyles];

  @property() tab: DownloadTab = 'now';
  /** Ids of those that were picked; nobody picks while there are none. */
  @state() private _picked: ReadonlySet<string> | undefined;
  @state() private _busy = false;
  /** The list of which is asked whether it is to be cancelled. */
  @state() private _cancels: Job | undefined;
  private readonly _downloads = new UseStore(this, downloadsContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private readonly _rows = new RowFocus(this);

  override connectedCallback(): void {
    super.connectedCallback();
    loadPull();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('tab')) this._picked = undefined;
    if (changed.has('tab')) void this._downloads.value?.loadOver(this.tab === 'now' ? 'finished' : this.tab, true);
  }

  protected override render() {
    const downloads = this._downloads.value;
    if (!downloads) return nothing;
    const jobs = this._shown(downloads);
    return html`<mf-pull .run=${this._refresh}></mf-pull>
      ${this._renderHead()}
      ${
        this.tab === 'finished'
          ? nothing
          : html`<mf-many
              .counts=${downloads.counts}
              .jobs=${jobs}
              .picked=${this._picked}
              .busy=${this._busy}
              @mf-many=${this._onMany}
              @mf-select=${this._onSelect}
            ></mf-many>`
      }
      <div @mf-job-wish=${this._onWish}>${this.tab === 'now' ? this._renderNow() : this._renderOver(this.tab)}</div>
      ${this._cancels ? this._renderQuestion(this._cancels) : nothing}`;
  }

  private _renderQuestion(job: Job) {
    const done = (): void => {
      this._cancels = undefined;
    };
    return html`<mf-cancel-list
      .job=${job}
      @mf-close=${done}
      @mf-sure=${() => {
        done();
        this._grant(job.id, 'cancel');
      }}
    ></mf-cancel-list>`;
  }

  private _renderHead() {
    const { running, waiting, moreWaiting, failed, loaded } = this._downloads.value ?? {
      running: [],
      waiting: [],
      moreWaiting: 0,
      failed: [],
      loaded: false,
    };
    const speed = running.reduce((sum, job) => sum + (job.speed ?? 0), 0);
    const router = this._router.value;
    const parts = [
      ...(running.length > 0 ? [tn('n_running', running.length)] : []),
      ...(waiting.length > 0 ? [tn('n_waiting', waiting.length + moreWaiting)] : []),
    ];
    return html`<div class="head">
      <div>
        <h1 tabindex="-1">${t('downloads')}</h1>
        <p class="num">
          ${parts.join(' · ') || (loaded && failed.length === 0 ? t('n_nothing') : '')}${parts.length > 0 && failed.length > 0 ? ' · ' : ''}
          ${failed.length > 0 ? html`<a class="danger" href=${router?.href({ name: 'downloads', tab: 'failed' }) ?? ''}>${tn('n_failed', failed.length)}</a>` : ' '}
        </p>
      </div>
      <div class="flow end only-desk">
        ${speed > 0 ? html`<b class="num">${formatSpeed(speed)}</b><span class="xs t3">${t('speed_now')}</span>` : nothing}
      </div>
      <nav class="seg" aria-label=${t('downloads')}>
        ${DOWNLOAD_TABS.map(
          (tab) =>
            html`<a
              href=${router?.href({ name: 'downloads', tab }) ?? ''}
              aria-current=${tab === this.tab ? 'page' : nothing}
              >${t(`tab_${tab}`)}</a
            >`,
        )}
      </nav>
    </div>`;
  }

  private _renderNow() {
    const downloads = this._downloads.value;
    if (!downloads) return nothing;
    if (!downloads.loaded)
      return downloads.error
        ? this._renderError(downloads.error)
        : html`<mf-skeleton shape="rows" .label=${t('downloads_loading')}></mf-skeleton>`;
    const { failed, running, waiting, moreWaiting } = downloads;
    const finished = downloads.over('finished').slice(0, 5);
    const nothingGoes = failed.length + running.length + waiting.length === 0;
    return html`${this._renderBanner(failed)}
      ${
        nothingGoes
          ? html`<mf-empty bars="still" .heading=${t('downloads_empty')} .text=${t('downloads_empty_text')}>
              <a class="btn main big" href=${this._router.value?.href({ name: 'add', text: '' }) ?? ''}
                >${t('paste_link')}</a
              >
            </mf-empty>`
          : nothing
      }
      <div>
        ${this._renderList('sec_needs', failed)}${this._renderList('sec_running', running)}${this._renderList('sec_waiting', waiting)}
        ${moreWaiting > 0 ? html`<p class="tail t2 num">${tn('n_more_waiting', moreWaiting)}</p>` : nothing}
        ${this._renderList('sec_finished', finished)}
      </div>`;
  }

  private _renderOver(tab: 'finished' | 'failed') {
    const downloads = this._downloads.value;
    if (!downloads) return nothing;
    const page = downloads.page(tab);
    const jobs = downloads.over(tab);
    if (jobs.length === 0) {
      if (page.error) return this._renderError(page.error);
      if (!page.loaded) return html`<mf-skeleton shape="rows" .label=${t('downloads_loading')}></mf-skeleton>`;
      return html`<mf-empty bars="still" .heading=${t(`${tab}_empty`)} .text=${t(`${tab}_empty_text`)}></mf-empty>`;
    }
    return html`${this._renderJobs(jobs)}
      <div class="tail">
        ${
          page.cursor === null
            ? nothing
            : html`<button class="btn" ?disabled=${page.loading} @click=${() => void downloads.loadOver(tab)}>
                ${t(page.loading ? 'more_loading' : 'more_show')}
              </button>`
        }
      </div>`;
  }

  private _renderError(error: ApiError) {
    return html`<mf-empty icon="offline" .heading=${t('downloads_failed')} .text=${errorSentence(error)}>
      <button class="btn big" @click=${this._again}>${t('again')}</button>
    </mf-empty>`;
  }

  /** What stops every download is said once, on top. */
  private _renderBanner(failed: readonly Job[]) {
    const wide = failed.find((job) => SERVER_WIDE.includes(job.errorCode ?? ''));
    if (!wide) return nothing;
    const { sentence, hint } = describeFailure(wide);
    return html`<div class="note bad" role="alert">
      ${icon('disk')}
      <div class="grow">
        <p class="strong">${sentence}</p>
        <p class="t2">${hint}</p>
      </div>
    </div>`;
  }

  private _renderList(heading: MessageId, jobs: readonly Job[]) {
    if (jobs.length === 0) return nothing;
    return html`<h2 class="sec">
        ${t(heading)} <span class="n">${heading === 'sec_finished' ? '' : jobs.length}</span>
      </h2>
      ${this._renderJobs(jobs)}`;
  }

  private _renderJobs(jobs: readonly Job[]) {
    const picked = this._picked;
    return html`<ul class="jobs">
      ${repeat(
        jobs,
        (job) => job.id,
        (job) =>
          html`<li data-row=${job.id} class=${picked ? 'picking' : ''}>
            ${picked && job.status !== 'completed' ? renderPick(job, picked.has(job.id), this._onPick) : nothing}
            ${
              job.children
                ? html`<mf-list-job .job=${job}></mf-list-job>`
                : html`<mf-job
                    data-job=${job.id}
                    ?leaving=${this._downloads.value?.isLeaving(job.id)}
                    .job=${job}
                    .href=${this._hrefOf(job)}
                  ></mf-job>`
            }
          </li>`,
      )}
    </ul>`;
  }

  private _hrefOf({ post }: Job): string {
    return post ? (this._router.value?.href({ name: 'viewer', postId: post.id, item: 1 }) ?? '') : '';
  }

  /** Those that can be picked here. */
  private _shown(downloads: Downloads): readonly Job[] {
    if (this.tab === 'failed') return downloads.over('failed');
    return [...downloads.failed, ...downloads.running, ...downloads.waiting];
  }

  private readonly _onSelect = (event: CustomEvent<boolean>): void => {
    this._picked = event.detail ? new Set() : undefined;
  };

  private readonly _onPick = (id: string, on: boolean): void => {
    const picked = new Set(this._picked);
    if (on) picked.add(id);
    else picked.delete(id);
    this._picked = picked;
  };

  private readonly _onMany = async (event: CustomEvent<ManyWish>): Promise<void> => {
    const { action, ids } = event.detail;
    const toasts = this._toasts.value;
    this._busy = true;
    try {
      const done = await this._downloads.value?.control(action, ids);
      const { changed = 0, refused = 0 } = done ?? {};
      const left = refused > 0 ? ` ${tn('many_refused', refused)}` : '';
      toasts?.show({ text: `${tn(`many_did_${action}`, changed)}${left}`, tone: refused > 0 ? 'bad' : 'good' });
      this._picked = undefined;
    } catch (error) {
      toasts?.show({ text: errorSentence(toApiError(error)), tone: 'bad' });
    } finally {
      this._busy = false;
    }
  };

  private readonly _again = (): void => {
    void this._refresh();
  };

  /** @returns whether the server has answered */
  private readonly _refresh = async (): Promise<boolean> => {
    const downloads = this._downloads.value;
    const { tab } = this;
    await Promise.all([downloads?.load(), tab === 'now' ? undefined : downloads?.loadOver(tab, true)]);
    return downloads !== undefined && !downloads.error && (tab === 'now' || !downloads.page(tab).error);
  };

  private readonly _onWish = (event: CustomEvent<{ id: string; wish: JobWish }>): void => {
    const { id, wish } = event.detail;
    const job = this._downloads.value?.get(id);
    if (wish === 'cancel' && job?.children) this._cancels = job;
    else this._grant(id, wish);
  };

  private _grant(id: string, wish: JobWish): void {
    const downloads = this._downloads.value;
    if (downloads) void grantWish({ downloads, router: this._router.value, toasts: this._toasts.value }, id, wish);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-downloads': MfDownloads;
  }
}
