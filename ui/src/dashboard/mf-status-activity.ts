import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { coverOf, smallestThumbnail } from '../api/media-url.ts';
import type { Job } from '../api/types.ts';
import { describeFailure } from '../downloads/failures.ts';
import { shortLine } from '../downloads/short-line.rules.ts';
import { glyph, icon } from '../elements/icons.ts';
import '../elements/mf-trip.ts';
import { downloadsContext, routerContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { formatSpeed, formatWait, formatWhen } from '../words/format.ts';
import { siteName } from '../words/names.ts';
import { localized, t, tn } from '../words/status.ts';
import { paneStyles } from './dashboard.styles.ts';

const MOST_NOW = 4;

/** What is on its way now. */
@customElement('mf-status-now')
@localized()
export class MfStatusNow extends LitElement {
  static override styles = [
    base,
    paneStyles,
    css`
      ul {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 18px;
      }
      mf-trip {
        margin-block-start: 8px;
      }
      .foot {
        display: flex;
        gap: 8px;
        margin-block-start: 20px;
        padding-block-start: 14px;
        border-block-start: 1px solid var(--mf-line-1);
      }
    `,
  ];

  private readonly _downloads = new UseStore(this, downloadsContext);
  private readonly _router = new UseStore(this, routerContext);

  protected override render() {
    const { running = [], waiting = [] } = this._downloads.value ?? {};
    const speed = running.reduce((sum, job) => sum + (job.speed ?? 0), 0);
    const shown = [...running, ...waiting].slice(0, MOST_NOW);
    return html`<h2 class="row">
        ${t('now_title')}
        <a class="end" href=${this._router.value?.href({ name: 'downloads', tab: 'now' }) ?? ''}
          >${t('now_all')} ${icon('chev-r', 'xs')}</a
        >
      </h2>
      ${shown.length === 0 ? html`<p class="t2 sm-t">${t('now_none')}</p>` : nothing}
      <ul>
        ${shown.map((job) => this._renderJob(job))}
      </ul>
      ${
        shown.length > 0
          ? html`<p class="foot sm-t t2 num">
              <span class="grow">${speed > 0 ? t('now_speed', { speed: formatSpeed(speed) }) : ''}</span>
              <span>${waiting.length > 0 ? tn('now_waiting', waiting.length) : ''}</span>
            </p>`
          : nothing
      }`;
  }

  private _renderJob(job: Job) {
    const { lead, rest } = shortLine(job);
    return html`<li>
      <div class="row tight sm-t">
        ${glyph(job.platform, 'sm')}
        <span class="clip grow" dir="auto"
          >${job.title ?? t('coming_untitled', { platform: siteName(job.platform) })}</span
        >
        <span class="xs t3 num">${job.eta ? formatWait(job.eta) : [lead, ...rest].join(' ')}</span>
      </div>
      <mf-trip
        .stage=${job.stage}
        .progress=${job.progress}
        .status=${job.status}
        .attempt=${job.attempts}
        .indeterminate=${job.indeterminate}
      ></mf-trip>
    </li>`;
  }
}

const MOST_RECENT = 6;

/** What has come to its end last, well or not. */
@customElement('mf-status-recent')
@localized()
export class MfStatusRecent extends LitElement {
  static override styles = [
    base,
    paneStyles,
    css`
      ul {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 2px;
      }
      .hist {
        padding-block: 5px;
        border-radius: var(--mf-radius-sm);
      }
      .thumb {
        inline-size: 38px;
      }
      .line {
        display: block;
      }
      .none {
        display: grid;
        place-items: center;
      }
      .res {
        flex: none;
        max-inline-size: 45%;
        text-align: end;
      }
      .ok {
        color: var(--mf-ok);
      }
      /* Beside a reason there is no room for a title. */
      @media (max-width: 699px) {
        .hist {
          flex-wrap: wrap;
          row-gap: 2px;
        }
        .hist > .grow {
          flex-basis: calc(100% - 38px - var(--mf-3));
        }
        .res {
          display: flex;
          flex-wrap: wrap;
          gap: 0 8px;
          flex: 1 1 100%;
          max-inline-size: 100%;
          padding-inline-start: calc(38px + var(--mf-3));
          text-align: start;
        }
        .res br {
          display: none;
        }
      }
    `,
  ];

  private readonly _downloads = new UseStore(this, downloadsContext);
  private readonly _router = new UseStore(this, routerContext);

  protected override firstUpdated(): void {
    void this._downloads.value?.loadOver('finished', true);
    void this._downloads.value?.loadOver('failed', true);
  }

  protected override render() {
    const downloads = this._downloads.value;
    if (!downloads) return nothing;
    const ended = (job: Job): string => job.finishedAt ?? job.createdAt;
    const jobs = [...downloads.over('finished'), ...downloads.failed]
      .sort((a, b) => ended(b).localeCompare(ended(a)))
      .slice(0, MOST_RECENT);
    return html`<h2 class="row">
        ${t('recent')}
        <a class="end" href=${this._router.value?.href({ name: 'downloads', tab: 'finished' }) ?? ''}
          >${t('recent_all')} ${icon('chev-r', 'xs')}</a
        >
      </h2>
      ${jobs.length === 0 ? html`<p class="t2 sm-t">${t('recent_none')}</p>` : nothing}
      <ul>
        ${jobs.map((job) => this._renderJob(job, ended(job)))}
      </ul>`;
  }

  private _renderJob(job: Job, ended: string) {
    const { post } = job;
    const src = smallestThumbnail(post ? coverOf(post) : undefined);
    const router = this._router.value;
    const href = post
      ? router?.href({ name: 'viewer', postId: post.id, item: 1 })
      : router?.href({ name: 'downloads', tab: 'failed' });
    return html`<li>
      <a class="row hist" href=${href ?? ''}>
        ${
          src
            ? html`<img class="thumb sq" src=${src} alt="" loading="lazy" />`
            : html`<span class="thumb sq none">${glyph(job.platform, 'sm')}</span>`
        }
        <span class="grow">
          <span class="clip sm-t strong line" dir="auto"
            >${job.title ?? t('coming_untitled', { platform: siteName(job.platform) })}</span
          >
          <span class="xs t3 row tight"
            >${glyph(job.platform, 'xs')}<bdi class="clip">${job.author ?? siteName(job.platform)}</bdi></span
          >
        </span>
        <span class="xs num res">
          ${
            job.status === 'completed'
              ? html`<span class="ok">${t('recent_saved')}</span>`
              : html`<span class="danger">${describeFailure(job).sentence}</span>`
          }
          <br /><span class="t3">${formatWhen(ended)}</span>
        </span>
      </a>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-status-now': MfStatusNow;
    'mf-status-recent': MfStatusRecent;
  }
}
