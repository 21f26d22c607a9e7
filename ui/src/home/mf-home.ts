import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { PlatformsQuery } from '../api/library-documents.ts';
import { isHeld } from '../downloads/job.rules.ts';
import { glyph, icon } from '../elements/icons.ts';
import '../elements/mf-empty.ts';
import '../elements/mf-skeleton.ts';
import { dropFilter, isEmptyFilter } from '../router/filter.ts';
import type { Filter } from '../router/filter.ts';
import { apiContext, downloadsContext, libraryContext, routerContext, toastsContext } from '../state/contexts.ts';
import { isActive } from '../state/downloads.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { chips } from '../styles/chips.ts';
import { errorSentence } from '../words/errors.ts';
import { PLATFORMS } from '../words/names.ts';
import { localized, t, tn } from '../words/t.ts';
import type { WallItem } from './card.rules.ts';
import { filterParts } from './filter-words.ts';
import './mf-filters.ts';
import './mf-wall.ts';
import type { MfWall } from './mf-wall.ts';

/** Further down than this, nothing that arrives moves what somebody looks at. CSS pixels. */
const AT_TOP = 240;
/** More than this many cards of downloads would push the posts off the screen. */
const MOST_COMING = 6;

/** Everything that was saved, newest first. */
@customElement('mf-home')
@localized()
export class MfHome extends LitElement {
  static override styles = [
    base,
    chips,
    css`
      :host {
        display: block;
      }
      .fresh {
        position: sticky;
        inset-block-start: calc(var(--mf-topbar) + 8px);
        z-index: var(--mf-z-raised);
        display: grid;
        justify-items: center;
        block-size: 0;
      }
      .tail {
        display: grid;
        justify-items: center;
        gap: var(--mf-2);
        min-block-size: 60px;
        padding: var(--mf-4);
        color: var(--mf-text-3);
        font-size: var(--mf-text-sm);
      }
      .parts {
        justify-content: center;
      }
    `,
  ];

  @property({ attribute: false }) filter: Filter = {};
  @state() private _coming: readonly string[] = [];
  @query('mf-wall') private readonly _wall: MfWall | null | undefined;

  private readonly _api = new UseValue(this, apiContext);
  private readonly _library = new UseStore(this, libraryContext);
  private readonly _downloads = new UseStore(this, downloadsContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private _announced = '';

  private readonly _platforms = new Task(this, {
    task: async ([api], { signal }) =>
      api ? (await api.query(PlatformsQuery, {}, signal)).platforms.map(({ id }) => id) : [],
    args: () => [this._api.value] as const,
  });

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('scroll', this._onScroll, { passive: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('scroll', this._onScroll);
  }

  /** Gives the focus back to the card that was seen last. */
  focusPost(postId: string): void {
    void this._wall?.focusPost(postId);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const library = this._library.value;
    if (changed.has('filter') || library?.state === 'idle') void library?.open(this.filter);
    if (library && !library.hold) this._coming = this._comingNow();
  }

  protected override updated(): void {
    const library = this._library.value;
    const router = this._router.value;
    if (library?.state !== 'ready') return;
    if (router?.restore !== undefined && library.posts.length > 0) void this._restore(router.restore);
    if (router) router.restore = undefined;
    const said = isEmptyFilter(this.filter) || !library.count ? '' : tn('posts', library.count.value);
    if (said !== this._announced) this._toasts.value?.say(said);
    this._announced = said;
  }

  protected override render() {
    const library = this._library.value;
    const platforms = this._platforms.value?.length ? this._platforms.value : PLATFORMS;
    return html`<mf-filters
        .value=${this.filter}
        .platforms=${platforms}
        .count=${library?.count}
        @mf-filter=${this._onFilter}
      ></mf-filters>
      <h1 class="vh" tabindex="-1">${t('home_title')}</h1>
      ${library ? this._renderLibrary() : nothing}`;
  }

  private _renderLibrary() {
    const library = this._library.value;
    const items = this._items();
    if (!library || library.state === 'idle' || (library.state === 'loading' && items.length === 0))
      return html`<mf-skeleton .label=${t('home_loading')}></mf-skeleton>`;
    if (library.state === 'failed')
      return html`<mf-empty
        icon="offline"
        .heading=${t('home_failed')}
        .text=${library.error ? errorSentence(library.error) : t('home_failed_text')}
      >
        <button class="btn big" @click=${() => void library.open(this.filter)}>${t('again')}</button>
      </mf-empty>`;
    if (items.length === 0 && library.state === 'ready')
      return isEmptyFilter(this.filter) ? this._renderFirst() : this._renderNoMatch();
    return html`${
        library.fresh.length > 0
          ? html`<div class="fresh">
              <button class="btn main" @click=${this._showFresh}>
                ${icon('chev-u', 'sm')}${tn('fresh', library.fresh.length)}
              </button>
            </div>`
          : nothing
      }
      <mf-wall
        aria-busy=${library.state === 'loading'}
        .items=${items}
        .hrefOf=${this._hrefOf}
        @mf-need-more=${() => void library.more()}
      ></mf-wall>
      <div class="tail">
        ${
          library.moreFailed
            ? html`<p>${t('more_failed')}</p>
                <button class="btn" @click=${() => void library.more()}>${t('again')}</button>`
            : library.loadingMore
              ? t('more_loading')
              : nothing
        }
      </div>`;
  }

  private _renderFirst() {
    return html`<mf-empty bars="live" .heading=${t('first_post')} .text=${t('first_post_text')}>
      <a class="btn main big" href=${this._router.value?.href({ name: 'add', text: '' }) ?? ''}
        >${icon('paste')}${t('paste_link')}</a
      >
    </mf-empty>`;
  }

  private _renderNoMatch() {
    const parts = filterParts(this.filter);
    return html`<mf-empty icon="search" .heading=${t('no_match_title')} .text=${tn('no_match', parts.length)}>
      <div class="row tight wrap parts">
        ${parts.map(
          (part) =>
            html`<button class="chip" @click=${() => this._go(part.drop.reduce(dropFilter, this.filter))}>
              ${part.platform ? glyph(part.platform, 'sm') : nothing}<bdi>${part.label}</bdi>${icon('close', 'xs')}
            </button>`,
        )}
      </div>
      <button class="btn ghost" @click=${() => this._go({})}>${t('no_match_clear')}</button>
    </mf-empty>`;
  }

  private _items(): WallItem[] {
    const library = this._library.value;
    const downloads = this._downloads.value;
    if (!library) return [];
    const held = new Map(library.fresh.map((post) => [post.id, post]));
    const coming = this._coming.flatMap((id): WallItem[] => {
      const job = downloads?.get(id);
      if (!job) return [];
      if (isActive(job)) return [{ job }];
      const post = held.get(job.post?.id ?? '');
      return post ? [{ post }] : []; // It has landed: in its place, even while others wait.
    });
    return [...coming, ...library.posts.map((post) => ({ post }))];
  }

  private _comingNow(): readonly string[] {
    if (!isEmptyFilter(this.filter)) return [];
    return (this._downloads.value?.active ?? [])
      .filter((job) => job.status !== 'paused' && !isHeld(job) && (job.type === 'post' || job.type === 'share'))
      .slice(0, MOST_COMING)
      .map((job) => job.id);
  }

  private readonly _hrefOf = (item: WallItem): string =>
    this._router.value?.href(
      item.post ? { name: 'viewer', postId: item.post.id, item: 1 } : { name: 'downloads', tab: 'now' },
    ) ?? '';

  private readonly _onScroll = (): void => {
    const library = this._library.value;
    const hold = window.scrollY > AT_TOP;
    if (!library || hold === library.hold) return;
    library.hold = hold;
    if (!hold) library.showFresh();
  };

  private readonly _showFresh = (): void => {
    window.scrollTo({ top: 0 });
    this._library.value?.showFresh();
  };

  private readonly _onFilter = (event: CustomEvent<Filter>): void => this._go(event.detail);

  private _go(filter: Filter): void {
    this._router.value?.go({ name: 'home', filter }, { replace: false });
  }

  private async _restore(top: number): Promise<void> {
    await this._wall?.settled();
    window.scrollTo({ top });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-home': MfHome;
  }
}
