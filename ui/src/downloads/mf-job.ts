import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { coverOf, smallestThumbnail } from '../api/media-url.ts';
import type { Job } from '../api/types.ts';
import { glyph, icon } from '../elements/icons.ts';
import type { IconName } from '../elements/icons.ts';
import '../elements/mf-menu.ts';
import { menuItems } from '../elements/mf-menu.ts';
import '../elements/mf-trip.ts';
import { base } from '../styles/base.ts';
import { showLink } from '../submit/links.rules.ts';
import { formatWhen } from '../words/format.ts';
import { platformName } from '../words/names.ts';
import { localized, t } from '../words/downloads.ts';
import type { MessageId } from '../words/downloads.ts';
import { describeFailure } from './failures.ts';
import type { Remedy } from './failures.ts';
import { jobLine } from './job.rules.ts';
import { isHeld } from './short-line.rules.ts';
import { jobStyles } from './job.styles.ts';
import { JobSwipe, swipeStyles } from './job-swipe.ts';

const REMEDY_ICONS: Readonly<Record<Remedy, IconName>> = { retry: 'retry', original: 'out', edit: 'link' };

/** What a person wants done with a download. */
export type JobWish = 'pause' | 'resume' | 'cancel' | 'retry' | 'edit' | 'dismiss' | 'copy';

/**
 * One download: what it is, how it is doing, what can be done.
 * @fires mf-job-wish - `{ id, wish }` (detail)
 */
@customElement('mf-job')
@localized()
export class MfJob extends LitElement {
  static override styles = [base, menuItems, jobStyles, swipeStyles];

  @property({ attribute: false }) job: Job | undefined;
  /** Where its post can be seen, once it is there. */
  @property() href = '';
  /** It is being cancelled. */
  @property({ type: Boolean, reflect: true }) leaving = false;
  @state() private _open = false;
  @state() private _broken = false;
  private _hadFocus = false;
  @query('.acts :is(button, a)') private readonly _first: HTMLElement | null | undefined;
  private _ticking: ReturnType<typeof setInterval> | undefined;
  private readonly _swipe = new JobSwipe(
    this,
    () => this.job,
    (wish) => this._wish(wish),
  );

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this._ticking);
  }

  /** On the first thing that can be done. */
  override focus(options?: FocusOptions): void {
    this._first?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this._hadFocus = this.matches(':focus-within');
    if (!changed.has('job')) return;
    clearInterval(this._ticking);
    if (this.job && isHeld(this.job)) this._ticking = setInterval(() => this.requestUpdate(), 1000);
  }

  protected override updated(): void {
    // The button that had it is gone.
    if (this._hadFocus && !this.matches(':focus-within')) this.focus();
  }

  protected override render() {
    const { job } = this;
    if (!job) return nothing;
    const done = job.status === 'completed';
    const shape = job.status === 'failed' ? 'failed' : done || job.status === 'cancelled' ? 'done' : '';
    return html`${this._swipe.render()}
      <article
        class="job ${shape} ${this._swipe.classes}"
        style=${this._swipe.style}
        aria-label=${this._title(job)}
        aria-busy=${this.leaving ? 'true' : nothing}
        @keydown=${this._onKey}
      >
        ${this._renderThumb(job)}
        <div class="who">
          <p class="title clip" dir="auto">${this._title(job)}</p>
          <p class="by row tight">
            ${glyph(job.platform, 'xs')}<bdi class="clip"
              >${job.children ? platformName(job.platform) : (job.author ?? showLink(job.url))}</bdi
            >
          </p>
        </div>
        <div class="how">
          ${shape ? nothing : job.children ? this._renderBar(job) : this._renderTrip(job)}${this._renderLine(job)}
        </div>
        ${shape === 'done' ? html`<p class="when num">${formatWhen(job.finishedAt ?? job.createdAt)}</p>` : nothing}
        <div class="acts">${this._renderActions(job)}</div>
        ${this._open ? this._renderDetails(job) : nothing}
      </article>`;
  }

  private _renderThumb(job: Job) {
    const thumbnail = job.post ? smallestThumbnail(coverOf(job.post)) : undefined;
    const square = job.status === 'completed' || job.status === 'cancelled' ? 'sq' : '';
    if (thumbnail && !this._broken)
      return html`<img class="thumb ${square}" src=${thumbnail} alt="" @error=${() => (this._broken = true)} />`;
    return html`<span class="thumb blank ${square}" aria-hidden="true">${glyph(job.platform)}</span>`;
  }

  /** Of a profile or a list: one bar for all of its posts. */
  private _renderBar(job: Job) {
    const known = !job.indeterminate && job.status !== 'queued';
    return html`<div
      class="bar ${job.status === 'paused' ? 'still' : ''}"
      role="progressbar"
      aria-label=${t('posts_progress')}
      aria-valuemin="0"
      aria-valuemax="100"
      aria-valuenow=${known ? Math.round(job.progress) : nothing}
      style=${`--pct: ${known ? job.progress : 0}%`}
    ></div>`;
  }

  private _renderTrip(job: Job) {
    return html`<mf-trip
      .stage=${job.stage}
      .progress=${job.progress}
      .status=${job.status}
      .attempt=${job.attempts}
      .indeterminate=${job.indeterminate}
      .held=${isHeld(job)}
      .thick=${this._open}
      .labels=${this._open}
    ></mf-trip>`;
  }

  private _renderLine(job: Job) {
    const { lead, rest, tone } = jobLine(job);
    const tail = rest.length > 0 ? (tone === 'danger' ? ` ${rest.join(' ')}` : ` · ${rest.join(' · ')}`) : '';
    return html`<p class="line num ${tone === 'plain' && job.status !== 'completed' ? 'plain' : ''}">
      ${job.status === 'completed' ? lead : html`<b class=${tone}>${lead}</b>`}${tail}
    </p>`;
  }

  private _renderActions(job: Job) {
    switch (job.status) {
      case 'running':
      case 'queued':
      case 'paused': {
        // One template: the button that is pressed keeps the focus.
        const turn = job.status === 'paused' ? this._button('resume', 'play') : this._button('pause', 'pause');
        return html`${turn}${this._button('cancel', 'close')}${this._more(job)}`;
      }
      case 'failed':
        return html`${this._renderRemedy(job)}${this._more(job)}`;
      case 'cancelled':
        return html`<button class="btn small ghost" @click=${() => this._wish('retry')}>${t('retry')}</button
          >${this._more(job)}`;
      case 'completed':
        return html`${this.href ? html`<a class="btn small ghost" href=${this.href}>${t('open')}</a>` : nothing}${this._more(job)}`;
    }
  }

  private _renderRemedy(job: Job) {
    const { remedy } = describeFailure(job);
    const content = html`${icon(REMEDY_ICONS[remedy], 'sm')}${t(`remedy_${remedy}`)}`;
    if (remedy === 'original')
      return html`<a class="btn paper" href=${job.url} target="_blank" rel="noreferrer noopener">${content}</a>`;
    return html`<button class="btn paper" @click=${() => this._wish(remedy)}>${content}</button>`;
  }

  private _more(job: Job) {
    const over = job.status === 'failed' || job.status === 'cancelled' || job.status === 'completed';
    return html`<mf-menu .label=${t('more')}>
      <button slot="trigger" class="icb" aria-label=${t('more')}>${icon('more')}</button>
      <button class="item" role="menuitem" @click=${() => (this._open = !this._open)}>
        ${icon('info', 'sm')}${t(this._open ? 'details_hide' : 'details_show')}
      </button>
      ${job.status === 'failed' || (job.status === 'completed' && (job.children?.failed ?? 0) > 0) ? this._item('retry', 'retry', 'retry') : nothing}
      ${this._item('copy', 'copy', 'copy_link')}
      <a class="item" role="menuitem" href=${job.url} target="_blank" rel="noreferrer noopener"
        >${icon('out', 'sm')}${t('open_original')}</a
      >
      ${over ? this._item('dismiss', 'close', 'dismiss') : this._item('cancel', 'close', 'cancel')}
    </mf-menu>`;
  }

  private _renderDetails(job: Job) {
    const facts: readonly (readonly [MessageId, string | null | undefined])[] = [
      ['fact_link', job.url],
      ['fact_file', job.filename],
      ['fact_asked', formatWhen(job.createdAt)],
      ['fact_attempts', String(Math.max(1, job.attempts))],
      ['fact_code', job.errorCode],
      ['fact_message', job.errorMessage],
    ];
    return html`<div class="more">
      <dl>
        ${facts.map(([name, value]) =>
          value
            ? html`<div>
                <dt>${t(name)}</dt>
                <dd><bdi>${value}</bdi></dd>
              </div>`
            : nothing,
        )}
      </dl>
      ${
        job.status === 'failed'
          ? html`<a class="btn small ghost" href="api/downloads/${job.id}/log" target="_blank" rel="noopener"
              >${t('fact_log')}</a
            >`
          : nothing
      }
    </div>`;
  }

  private _button(wish: 'pause' | 'resume' | 'cancel', symbol: IconName) {
    return html`<button class="icb ${wish}" aria-label=${t(wish)} title=${t(wish)} @click=${() => this._wish(wish)}>
      ${icon(symbol)}
    </button>`;
  }

  private _item(wish: JobWish, symbol: IconName, label: MessageId) {
    return html`<button class="item" role="menuitem" @click=${() => this._wish(wish)}>
      ${icon(symbol, 'sm')}${t(label)}
    </button>`;
  }

  private _title(job: Job): string {
    if (job.children) return t('list_title', { name: showLink(job.url) });
    return job.title ?? t('coming_untitled', { platform: platformName(job.platform) });
  }

  private readonly _onKey = (event: KeyboardEvent): void => {
    const { job } = this;
    if (!job || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const active = job.status === 'running' || job.status === 'queued' || job.status === 'paused';
    const key = event.key.toLowerCase();
    if (key === 'p' && active) this._wish(job.status === 'paused' ? 'resume' : 'pause');
    else if (key === 'r' && (job.status === 'failed' || job.status === 'cancelled')) this._wish('retry');
    else if (key === 'delete') this._wish(active ? 'cancel' : 'dismiss');
    else return;
    event.preventDefault();
  };

  private _wish(wish: JobWish): void {
    this.dispatchEvent(
      new CustomEvent('mf-job-wish', { detail: { id: this.job?.id ?? '', wish }, bubbles: true, composed: true }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-job': MfJob;
  }
}
