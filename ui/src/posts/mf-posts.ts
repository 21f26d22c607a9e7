import { css, html, nothing } from 'lit';
import type { TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Post } from '../api/types.ts';
import { CalmElement } from '../elements/calm-element.ts';
import { glyph, icon } from '../elements/icons.ts';
import '../elements/mf-empty.ts';
import '../elements/mf-skeleton.ts';
import type { WallItem } from '../home/card.rules.ts';
import { filterParts } from '../home/filter-words.ts';
import '../home/mf-wall.ts';
import type { MfWall } from '../home/mf-wall.ts';
import { warmUp } from '../home/warm-up.ts';
import { buildFilterQuery, dropFilter, isEmptyFilter } from '../router/filter.ts';
import type { Filter } from '../router/filter.ts';
import { libraryContext, routerContext, toastsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { chips } from '../styles/chips.ts';
import { errorSentence } from '../words/errors.ts';
import { localized, t, tn } from '../words/t.ts';

/** Further down than this, nothing that arrives moves what somebody looks at. CSS pixels. */
const AT_TOP = 240;

const items = new WeakMap<Post, WallItem>();

/** The same item for the same post each time: a wall sees at once what has changed. */
function itemOf(post: Post): WallItem {
  const item = items.get(post) ?? { post };
  items.set(post, item);
  return item;
}

/**
 * A list of the library as a wall, with all its states: loading, empty, no match, failed, more to come.
 * @fires mf-filter - the filter without a part that leaves nothing (detail)
 */
@customElement('mf-posts')
@localized()
export class MfPosts extends CalmElement {
  static override styles = [
    base,
    chips,
    css`
      :host {
        display: block;
      }
      .fresh {
        position: sticky;
        inset-block-start: calc(var(--mf-topbar) + env(safe-area-inset-top) + 8px);
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

  /** What the person filters by; it can be dropped. */
  @property({ attribute: false }) filter: Filter = {};
  /** All that narrows the list down, the place included. */
  @property({ attribute: false }) all: Filter | undefined;
  /** Name of the wall. */
  @property() label = '';
  /** Cards of downloads, before the posts; ids of posts that have landed among them. */
  @property({ attribute: false }) first: readonly WallItem[] = [];
  /** What is shown where there is nothing. */
  @property({ attribute: false }) empty: () => TemplateResult | typeof nothing = () => nothing;
  @query('mf-wall') private readonly _wall: MfWall | null | undefined;

  private readonly _library = new UseStore(this, libraryContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  /** As the wall has them. */
  private _items: readonly WallItem[] = [];
  private _announced = '';
  /** The list that was asked for last. */
  private _opened: string | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void warmUp();
    window.addEventListener('scroll', this._onScroll, { passive: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('scroll', this._onScroll);
    if (this._library.value) this._library.value.spot = this._wall?.spot;
  }

  /** Gives the focus back to the card that was seen last. */
  focusPost(postId: string): void {
    void this._wall?.focusPost(postId);
  }

  /** A list that failed is asked for again by hand, not with each drawing of the page around it. */
  protected override willUpdate(): void {
    const library = this._library.value;
    const wanted = buildFilterQuery(this.all ?? this.filter);
    if (!library || (wanted === this._opened && library.state !== 'idle')) return;
    this._opened = wanted;
    if (this.hasUpdated) library.spot = this._wall?.spot;
    // Who comes back finds the part that was looked at, everybody else the beginning.
    void library.open(this.all ?? this.filter, this._router.value?.restore === undefined);
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
    if (!library) return nothing;
    const { hasNewer } = library;
    const items = this._itemsNow([...(hasNewer ? [] : this.first), ...library.posts.map(itemOf)]);
    if (library.state === 'idle' || (library.state === 'loading' && items.length === 0))
      return html`<mf-skeleton .label=${t('home_loading')}></mf-skeleton>`;
    if (library.state === 'failed') return this._renderFailed();
    if (items.length === 0 && library.state === 'ready')
      return isEmptyFilter(this.filter) ? this.empty() : this._renderNoMatch();
    return html`${this._renderPill(library.fresh.length)}
      <mf-wall
        aria-busy=${library.state === 'loading'}
        .label=${this.label}
        .items=${items}
        .start=${library.start}
        ?open=${hasNewer}
        .hrefOf=${this._hrefOf}
        @mf-need-more=${() => void library.more()}
        @mf-need-newer=${() => void library.newer()}
      ></mf-wall>
      ${this._renderTail()}`;
  }

  /** The same list while nothing in it has changed: the wall has nothing to do then. */
  private _itemsNow(items: readonly WallItem[]): readonly WallItem[] {
    const same = items.length === this._items.length && items.every((item, index) => item === this._items[index]);
    if (!same) this._items = items;
    return this._items;
  }

  /** Over the wall: the way to what has come meanwhile, or to what lies before what is shown. */
  private _renderPill(fresh: number) {
    const pill = (label: string, run: () => void | Promise<void>) =>
      html`<div class="fresh">
        <button class="btn ${fresh > 0 ? 'main' : ''}" @click=${run}>${icon('chev-u', 'sm')}${label}</button>
      </div>`;
    if (fresh > 0) return pill(tn('fresh', fresh), this._showFresh);
    return this._library.value?.hasNewer ? pill(t('newest'), this._showFresh) : nothing;
  }

  private _renderTail() {
    const library = this._library.value;
    const failed = html`<p>${t('more_failed')}</p>
      <button class="btn" @click=${() => void library?.more(true)}>${t('again')}</button>`;
    return html`<div class="tail">
      ${library?.moreFailed ? failed : library?.loadingMore ? t('more_loading') : nothing}
    </div>`;
  }

  private _renderFailed() {
    const library = this._library.value;
    return html`<mf-empty
      icon="offline"
      .heading=${t('home_failed')}
      .text=${library?.error ? errorSentence(library.error) : t('home_failed_text')}
    >
      <button class="btn big" @click=${() => void library?.open(this.all ?? this.filter)}>${t('again')}</button>
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

  private readonly _hrefOf = (item: WallItem): string =>
    this._router.value?.href(
      item.post ? { name: 'viewer', postId: item.post.id, item: 1 } : { name: 'downloads', tab: 'now' },
    ) ?? '';

  private readonly _onScroll = (): void => {
    const library = this._library.value;
    const hold = window.scrollY > AT_TOP;
    if (!library || hold === library.hold) return;
    library.hold = hold;
    if (!hold) library.showFresh(); // Unless newer ones lie between.
  };

  private readonly _showFresh = async (): Promise<void> => {
    const library = this._library.value;
    if (!library?.hasNewer) library?.showFresh();
    else if (this.filter.at) this._go(dropFilter(this.filter, 'at'));
    else await library.reread();
    await this.updateComplete;
    await this._wall?.updateComplete;
    window.scrollTo({ top: 0 });
  };

  private _go(filter: Filter): void {
    this.dispatchEvent(new CustomEvent('mf-filter', { detail: filter, bubbles: true, composed: true }));
  }

  private async _restore(top: number): Promise<void> {
    const spot = this._library.value?.spot;
    await this._wall?.settled();
    if (!spot || !this._wall?.showSpot(spot)) window.scrollTo({ top });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-posts': MfPosts;
  }
}
