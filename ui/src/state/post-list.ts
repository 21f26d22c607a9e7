import type { Post } from '../api/types.ts';
import type { PostPage } from './read-library.ts';

/** Posts in their order, and where each is: of a hundred thousand one is found at once, and more are added at no cost. */
export class PostList {
  /** Came while somebody was looking further down: shown on demand. */
  fresh: readonly Post[] = [];
  #all: readonly Post[] = [];
  #byId = new Map<string, Post>();

  get all(): readonly Post[] {
    return this.#all;
  }

  byId(id: string): Post | undefined {
    return this.#byId.get(id) ?? this.fresh.find((post) => post.id === id);
  }

  set(posts: readonly Post[], fresh: readonly Post[] = []): void {
    this.#all = posts;
    this.fresh = fresh;
    this.#byId = new Map(posts.map((post) => [post.id, post]));
  }

  /** Puts those that are not there yet behind the others. */
  append(posts: readonly Post[]): void {
    const added = posts.filter(({ id }) => !this.#byId.has(id));
    for (const post of added) this.#byId.set(post.id, post);
    this.#all = [...this.#all, ...added];
  }

  /** Puts those that are not there yet before the others. @returns how many */
  prepend(posts: readonly Post[]): number {
    const added = posts.filter(({ id }) => !this.#byId.has(id));
    for (const post of added) this.#byId.set(post.id, post);
    this.#all = [...added, ...this.#all];
    this.fresh = this.fresh.filter(({ id }) => !this.#byId.has(id));
    return added.length;
  }

  /** Keeps those from one on, and before another. */
  slice(from: number, to: number): void {
    this.set(this.#all.slice(from, to), this.fresh);
  }

  /** Puts other versions of posts in the place of those that are there. */
  renew(posts: readonly Post[]): void {
    const next = new Map(posts.map((post) => [post.id, post]));
    const newest = (post: Post): Post => next.get(post.id) ?? post;
    this.set(this.#all.map(newest), this.fresh.map(newest));
  }

  /** Shows what waits, each where it belongs. */
  takeFresh(): void {
    const waiting = this.fresh;
    this.fresh = [];
    for (const post of waiting.toReversed()) this.insert(post, false);
  }

  /** Puts a post that is not there yet where it belongs: the one added last comes first. @param hold - it waits in `fresh` */
  insert(post: Post, hold: boolean): void {
    if (this.byId(post.id)) return;
    if (hold) {
      this.fresh = [post, ...this.fresh];
      return;
    }
    const at = this.#all.findIndex(({ addedAt }) => addedAt <= post.addedAt);
    const before = at === -1 ? this.#all.length : at;
    this.set([...this.#all.slice(0, before), post, ...this.#all.slice(before)], this.fresh);
  }

  /** Keeps those that satisfy a condition. @returns how many of those shown went */
  filter(stays: (post: Post) => boolean): number {
    const before = this.#all.length;
    this.set(this.#all.filter(stays), this.fresh.filter(stays));
    return before - this.#all.length;
  }

  /** A page that begins where the list does tells which of the newest posts are gone. */
  dropGone({ items, nextCursor }: PostPage): void {
    const last = items.at(-1);
    const kept = new Set(items.map((post) => post.id));
    const covered = (post: Post): boolean => nextCursor === null || (last !== undefined && post.addedAt > last.addedAt);
    this.set(
      this.#all.filter((post) => kept.has(post.id) || !covered(post)),
      this.fresh,
    );
  }
}
