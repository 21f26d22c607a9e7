import { css, html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Post } from '../api/types.ts';
import { isHeld } from '../downloads/short-line.rules.ts';
import { CalmElement } from '../elements/calm-element.ts';
import { icon } from '../elements/icons.ts';
import { loadPull } from '../elements/load-pull.ts';
import '../elements/mf-empty.ts';
import '../posts/mf-posts.ts';
import type { MfPosts } from '../posts/mf-posts.ts';
import { PlatformsController } from '../posts/platforms-controller.ts';
import { isEmptyFilter } from '../router/filter.ts';
import type { Filter } from '../router/filter.ts';
import { downloadsContext, libraryContext, routerContext } from '../state/contexts.ts';
import { isActive } from '../state/job-book.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/t.ts';
import type { WallItem } from './card.rules.ts';
import './mf-filters.ts';
import './mf-scrubber.ts';
import { MonthsController } from './months-controller.ts';

/** More than this many cards of downloads would push the posts off the screen. */
const MOST_COMING = 6;

/** Everything that was saved, newest first. */
@customElement('mf-home')
@localized()
export class MfHome extends CalmElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .all {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
      }
      mf-scrubber {
        display: none;
      }
      @media (min-width: 1200px) and (hover: hover) {
        mf-scrubber {
          display: block;
          margin-inline-start: calc(-1 * var(--mf-gutter) + 8px);
        }
      }
    `,
  ];

  @property({ attribute: false }) filter: Filter = {};
  @state() private _coming: readonly string[] = [];
  @query('mf-posts') private readonly _posts: MfPosts | null | undefined;

  private readonly _library = new UseStore(this, libraryContext);
  private readonly _downloads = new UseStore(this, downloadsContext);
  private readonly _router = new UseStore(this, routerContext);
  @state() private _seen = '';
  private readonly _months: MonthsController = new MonthsController(this, () => this.filter);
  private readonly _platforms: PlatformsController = new PlatformsController(this);

  override connectedCallback(): void {
    super.connectedCallback();
    loadPull();
  }

  /** Gives the focus back to the card that was seen last. */
  focusPost(postId: string): void {
    this._posts?.focusPost(postId);
  }

  protected override willUpdate(): void {
    const library = this._library.value;
    if (library && !library.hold) this._coming = this._comingNow();
  }

  protected override render() {
    return html`<mf-pull .run=${this._refresh}></mf-pull>
      <mf-filters
        .value=${this.filter}
        .platforms=${this._platforms.value}
        .count=${this._library.value?.count}
        @mf-filter=${this._onFilter}
      ></mf-filters>
      <h1 class="vh" tabindex="-1">${t('home_title')}</h1>
      <div class="all">
        <mf-posts
          .filter=${this.filter}
          .label=${t('wall_label')}
          .first=${this._first()}
          .empty=${this._renderFirst}
          @mf-filter=${this._onFilter}
          @mf-seen=${this._onSeen}
        ></mf-posts>
        ${this._renderScrubber()}
      </div>`;
  }

  private readonly _renderFirst = () =>
    html`<mf-empty bars="live" .heading=${t('first_post')} .text=${t('first_post_text')}>
      <a class="btn main big" href=${this._router.value?.href({ name: 'add', text: '' }) ?? ''}
        >${icon('paste')}${t('paste_link')}</a
      >
    </mf-empty>`;

  /** Its room is kept while the months are on their way: beside it the wall has other columns. */
  private _renderScrubber() {
    const [months, library] = [this._months.value, this._library.value];
    const wanted = months ? months.length > 1 : library?.state !== 'ready' || library.posts.length > 0;
    return wanted
      ? html`<mf-scrubber .months=${months ?? []} .at=${this._seen} @mf-jump=${this._onJump}></mf-scrubber>`
      : nothing;
  }

  private _first(): WallItem[] {
    const held = new Map(this._library.value?.fresh.map((post) => [post.id, post]) ?? []);
    return this._coming.flatMap((id): WallItem[] => {
      const job = this._downloads.value?.get(id);
      if (!job) return [];
      if (isActive(job)) return [{ job }];
      const post = held.get(job.post?.id ?? '');
      return post ? [{ post }] : []; // It has landed: in its place, even while others wait.
    });
  }

  private _comingNow(): readonly string[] {
    if (!isEmptyFilter(this.filter)) return [];
    const coming = (this._downloads.value?.active ?? []).filter(
      (job) => job.status !== 'paused' && (job.type === 'post' || job.type === 'share'),
    );
    // What is held back takes no place of what moves.
    return [...coming.filter((job) => !isHeld(job)), ...coming.filter(isHeld)]
      .slice(0, MOST_COMING)
      .map((job) => job.id);
  }

  private readonly _onSeen = (event: CustomEvent<Post>): void => {
    this._seen = event.detail.addedAt.slice(0, 7);
  };

  /** One way back leads from wherever one jumped to, to where one was before. */
  private readonly _onJump = (event: CustomEvent<string>): void => {
    const { at: before, ...rest } = this.filter;
    const newest = event.detail === this._months.value?.[0];
    const filter = newest ? rest : { ...rest, at: event.detail };
    this._seen = event.detail;
    this._router.value?.go({ name: 'home', filter }, { replace: before !== undefined });
    window.scrollTo({ top: 0 });
  };

  private readonly _refresh = async (): Promise<boolean> => {
    const [library, downloads] = [this._library.value, this._downloads.value];
    const [answered] = await Promise.all([library?.refresh(), downloads?.load()]);
    return answered === true && downloads?.error === undefined;
  };

  private readonly _onFilter = (event: CustomEvent<Filter>): void => {
    this._router.value?.go({ name: 'home', filter: event.detail }, { replace: false });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-home': MfHome;
  }
}
