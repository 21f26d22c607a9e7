import type { Api } from '../api/api.ts';
import { toApiError } from '../api/api-error.ts';
import { PostQuery, RemoveMutation } from '../api/library-documents.ts';
import type { Count, Post, Removed } from '../api/types.ts';
import { buildFilterQuery } from '../router/filter.ts';
import type { Filter } from '../router/filter.ts';
import type { KeptList } from './kept-lists.ts';
import { firstOf, newerThanMonth, olderThan, sameFilter, samePlace } from './list-ends.rules.ts';
import type { Beyond } from './list-ends.rules.ts';
import { ListPages } from './list-pages.ts';
import { needsServer, toInput } from './passes.rules.ts';
import type { FilterInput } from './passes.rules.ts';
import { after, readCount, readOlder } from './read-library.ts';
import type { PostPage } from './read-library.ts';
import { ShownPosts } from './shown-posts.ts';

/**
 * The posts that a filter lets through, newest first: the part of them that somebody looks at. Pages come at both ends.
 * @fires removed - a post has gone; detail is its id
 */
export class Library extends ShownPosts {
  /** Whether what is far away may be given up: not while it may be picked. */
  mayForget: () => boolean = () => true;
  readonly #api: Api;
  readonly #pages: ListPages;
  #reading: AbortController | undefined;
  /** Something came while the list was being read: it may not be in the answer. */
  #lookAgain = false;

  constructor(api: Api) {
    super();
    this.#api = api;
    this.#pages = new ListPages(api, this.list, {
      signal: () => this.#reading?.signal,
      mayForget: () => this.mayForget(),
      changed: () => this.changed(),
    });
  }

  /** A page of older ones is on its way. */
  get loadingMore(): boolean {
    return this.#pages.loadingMore;
  }

  /** It did not come. */
  get moreFailed(): boolean {
    return this.#pages.moreFailed;
  }

  /**
   * Shows what a filter lets through. A list that was left is there at once and brought up to date; what is on screen
   * stays until the answer is there, unless it belongs to another place.
   * @param beginning - not from where such a list was left
   */
  async open(filter: Filter, beginning = false): Promise<void> {
    const same = this.state !== 'idle' && this.state !== 'failed' && sameFilter(filter, this.filter);
    const moved = beginning && this.start !== 0;
    if (same && !moved) return;
    if (!same) this.keep();
    const elsewhere = same || !samePlace(filter, this.filter);
    this.filter = filter;
    const kept = same ? undefined : this.kept.get(buildFilterQuery(filter));
    if (kept && !(beginning && kept.start !== 0)) return this.#takeUp(kept);
    if (elsewhere) {
      this.list.set([]);
      this.count = undefined;
    }
    await this.#readFirst();
  }

  /** Reads the list anew, whatever is shown: after a change whose result only the server knows. */
  async reread(): Promise<void> {
    this.kept.forget();
    if (this.state === 'idle') return;
    const { filter } = this;
    try {
      const page = await this.leaving.without(readOlder(this.#api, firstOf(filter)));
      if (sameFilter(filter, this.filter)) this.#replace(page);
      void this.#readCount();
    } catch {
      // What is shown stays; the next reconnect tries again.
    }
    this.changed();
  }

  /**
   * Reads the first page again, as after a reconnect: nothing that came in between is missed.
   * @returns false when the server did not answer
   */
  async refresh(): Promise<boolean> {
    if (this.state === 'loading') this.#lookAgain = true;
    if (this.state === 'idle' || this.state === 'loading') return true;
    let answered = true;
    try {
      const { filter } = this;
      const [first] = this.posts;
      // Where newer ones are, they come by going there.
      const begins = first && this.hasNewer ? olderThan(filter, first) : firstOf(filter);
      const page = await this.leaving.without(readOlder(this.#api, begins));
      if (!sameFilter(filter, this.filter)) return true;
      if (this.state === 'failed' || !this.list.bringUpToDate(page, this.hold)) this.#replace(page);
      this.#pages.moreFailed = false;
      void this.#readCount();
    } catch {
      // The next reconnect tries again; what is shown stays.
      answered = false;
    }
    this.changed();
    return answered;
  }

  /**
   * Fetches the next page; who asks while it comes waits for the same one. After a failure only a person asks again.
   * @returns whether it has come
   */
  async more(byHand = false): Promise<boolean> {
    return this.state === 'ready' && this.#pages.older(byHand);
  }

  /** Fetches the page before the first post. @returns whether it has come */
  async newer(): Promise<boolean> {
    return this.state === 'ready' && this.#pages.newer();
  }

  /** A post that the server says is new. */
  take(post: Post): void {
    if (this.state === 'loading') this.#lookAgain = true;
    if (this.state !== 'ready') return;
    this.leaving.stay(post.id);
    this.kept.forget();
    if (this.filter.trash) {
      this.hide([post.id]);
      return;
    }
    if (needsServer(this.filter)) return void this.refresh();
    if (!this.passes(post)) return;
    if (!this.byId(post.id)) this.countBy(1);
    this.list.renew([post]);
    this.list.insert(post, this.hold || this.hasNewer);
    this.changed();
  }

  /** A post that is no longer there. */
  drop(id: string): void {
    this.kept.forget();
    this.leaving.leave([id]);
    if (!this.byId(id)) return void (this.filter.trash && this.refresh());
    this.list.filter((post) => post.id !== id);
    this.countBy(-1);
    this.dispatchEvent(new CustomEvent('removed', { detail: id }));
    this.changed();
  }

  /** One post, from here or from the server. @returns nothing when it does not exist. @throws ApiError */
  async post(id: string, signal?: AbortSignal): Promise<Post | undefined> {
    return this.byId(id) ?? (await this.#api.query(PostQuery, { id }, signal)).libraryPost ?? undefined;
  }

  /** Removes a post for good. @throws ApiError */
  async remove(id: string): Promise<Removed> {
    const { removePost } = await this.#api.query(RemoveMutation, { id });
    this.drop(id);
    return removePost;
  }

  clear(): void {
    this.#reading?.abort();
    this.kept.forget();
    this.list.set([]);
    this.count = undefined;
    this.state = 'idle';
    this.changed();
  }

  async #readFirst(): Promise<void> {
    this.#reading?.abort();
    const reading = new AbortController();
    this.#reading = reading;
    this.state = 'loading';
    this.error = undefined;
    this.changed();
    try {
      const page = await this.leaving.without(readOlder(this.#api, firstOf(this.filter), reading.signal));
      this.#replace(page);
      void this.#readCount();
      const again = this.#lookAgain;
      this.#lookAgain = false;
      if (again) void this.refresh();
    } catch (error) {
      if (reading.signal.aborted) return;
      this.state = 'failed';
      this.error = toApiError(error);
    }
    this.changed();
  }

  async #readCount(): Promise<void> {
    const { filter } = this;
    const count = await this.#countOf(toInput(filter));
    if (sameFilter(filter, this.filter)) this.count = count;
    this.changed();
  }

  /** A list that begins with a month does not know how many are newer. */
  async #readBefore(newer: Beyond): Promise<void> {
    const [{ filter }, reading] = [this, this.#reading];
    const count = await this.#countOf(newer.filter);
    if (!count || count.more || reading !== this.#reading || !sameFilter(filter, this.filter)) return;
    this.list.before = count.value;
    this.changed();
  }

  /** The wall does without. */
  async #countOf(filter: FilterInput): Promise<Count | undefined> {
    return readCount(this.#api, filter).catch(() => undefined);
  }

  #replace(page: PostPage): void {
    const newer = newerThanMonth(this.filter);
    if (newer) void this.#readBefore(newer);
    this.list.set(page.items);
    Object.assign(this.list, {
      wanted: this.filter,
      start: 0,
      older: after(firstOf(this.filter), page),
      newer,
      before: newer ? undefined : 0,
    });
    this.#pages.reset();
    this.spot = undefined;
    this.state = 'ready';
  }

  async #takeUp({ posts, start, older, newer, before, count, spot }: KeptList): Promise<void> {
    this.#reading?.abort();
    this.#reading = new AbortController();
    this.error = undefined;
    this.#replace({ items: posts, nextCursor: null });
    Object.assign(this.list, { start, older, newer, before });
    Object.assign(this, { count, spot });
    this.changed();
    await this.refresh();
  }
}
