import type { ApiError } from '../api/api-error.ts';
import type { Count, Post } from '../api/types.ts';
import { buildFilterQuery, dropFilter } from '../router/filter.ts';
import type { Filter } from '../router/filter.ts';
import { KeptLists } from './kept-lists.ts';
import type { Spot } from './kept-lists.ts';
import { Leaving } from './leaving.ts';
import { passes } from './passes.rules.ts';
import { PostWindow } from './post-window.ts';
import { Store } from './store.ts';

/** The posts that are shown of a list, and what is changed in them here, before the server has answered. */
export class ShownPosts extends Store {
  filter: Filter = {};
  state: 'idle' | 'loading' | 'ready' | 'failed' = 'idle';
  error: ApiError | undefined;
  /** While true, new posts wait in `fresh`. */
  hold = false;
  count: Count | undefined;
  /** What was looked at in this list when it was left. */
  spot: Spot | undefined;
  protected readonly list = new PostWindow();
  protected readonly kept = new KeptLists();
  protected readonly leaving = new Leaving();

  get posts(): readonly Post[] {
    return this.list.all;
  }

  /** Came while somebody was looking further down: shown on demand. */
  get fresh(): readonly Post[] {
    return this.list.fresh;
  }

  /** Number of the first post, counted from where the list began when it was opened: below 0 for what is newer. */
  get start(): number {
    return this.list.start;
  }

  /** Older ones. */
  get hasMore(): boolean {
    return this.list.older !== undefined;
  }

  /** Newer ones than the first that is shown, as after a jump to a month. */
  get hasNewer(): boolean {
    return this.list.newer !== undefined;
  }

  byId(id: string): Post | undefined {
    return this.list.byId(id);
  }

  /** Which of all that the filter lets through a post is, counted from 1; nothing where that is not known. */
  numberOf(id: string): number | undefined {
    return this.list.numberOf(id);
  }

  /** Shows a change of some posts before the server has answered; what no longer belongs here leaves the list. */
  patch(ids: readonly string[], change: (post: Post) => Post): void {
    const wanted = new Set(ids);
    const changed = (post: Post): Post => (wanted.has(post.id) ? change(post) : post);
    this.#keepOnly(
      this.posts.map(changed).filter((post) => !wanted.has(post.id) || this.passes(post)),
      this.fresh.map(changed),
    );
  }

  /** Takes posts out of the list, as when they go into the trash or come out of it. */
  hide(ids: readonly string[]): void {
    const gone = new Set(ids);
    const stays = (post: Post): boolean => !gone.has(post.id);
    this.#keepOnly(this.posts.filter(stays), this.fresh.filter(stays));
  }

  /** One post as it is now. */
  put(post: Post): void {
    this.patch([post.id], () => post);
  }

  /** Shows what has waited in `fresh`. */
  showFresh(): void {
    if (this.fresh.length === 0 || this.hasNewer) return;
    this.list.takeFresh();
    this.changed();
  }

  /** Keeps the present list for coming back to it. */
  protected keep(): void {
    if (this.state !== 'ready') return;
    const { start, older, newer } = this.list;
    // What has waited takes its place only where the list begins with the newest.
    const posts = newer ? this.posts : [...this.fresh, ...this.posts];
    const { count, spot } = this;
    const before = this.list.before === undefined ? undefined : this.list.before + (newer ? this.fresh.length : 0);
    this.kept.keep(buildFilterQuery(this.filter), { posts, start, older, newer, before, count, spot });
  }

  /** Whether a post belongs into the list, wherever that begins. */
  protected passes(post: Post): boolean {
    return passes(post, dropFilter(this.filter, 'at'));
  }

  protected countBy(change: number): void {
    if (this.count) this.count = { ...this.count, value: Math.max(0, this.count.value + change) };
  }

  #keepOnly(posts: readonly Post[], fresh: readonly Post[]): void {
    const stay = new Set(posts.map(({ id }) => id));
    this.leaving.leave(this.posts.filter(({ id }) => !stay.has(id)).map(({ id }) => id));
    this.countBy(posts.length - this.posts.length);
    this.list.set(posts, fresh);
    this.kept.forget();
    this.changed();
  }
}
