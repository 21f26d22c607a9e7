import type { Post } from '../api/types.ts';
import { newerThan, olderThan } from './list-ends.rules.ts';
import type { Beyond } from './list-ends.rules.ts';
import type { Filter } from '../router/filter.ts';
import { PostList } from './post-list.ts';
import type { PostPage } from './read-library.ts';

/** More posts than this are not kept; of what is too much, this many less, so that it does not happen at each page. */
const MOST = 1200;
const LESS = 300;

/**
 * The part of a long list that is kept: it grows by pages at both ends, and gives up what is far from the end that grew.
 * What was given up is asked for again when somebody comes back to it.
 */
export class PostWindow extends PostList {
  /** Number of the first post, counted from where the list began when it was opened: below 0 for what is newer. */
  start = 0;
  /** Nothing where nothing more is. */
  older: Beyond | undefined;
  newer: Beyond | undefined;
  wanted: Filter = {};
  /** So many come before where the list began when it was opened; nothing while that is not known to one. */
  before: number | undefined = 0;

  /** Which of all that the filter lets through a post is, counted from 1; nothing where that is not known. */
  numberOf(id: string): number | undefined {
    const index = this.all.findIndex((post) => post.id === id);
    return index < 0 || this.before === undefined
      ? undefined
      : this.before + this.fresh.length + this.start + index + 1;
  }

  /** What belongs behind the part that is kept is met on the way there. */
  override insert(post: Post, hold: boolean): void {
    const last = this.all.at(-1);
    if (!this.older || !last || post.addedAt >= last.addedAt) super.insert(post, hold);
  }

  /**
   * Brings the newest up to date by the first page, without moving what is looked at.
   * @param hold - new ones wait in `fresh`
   * @returns false when nothing of what is kept can stay
   */
  bringUpToDate(page: PostPage, hold: boolean): boolean {
    const [first] = this.all;
    const joins = page.nextCursor === null || page.items.some(({ id }) => this.byId(id));
    if (!first || (!joins && !hold)) return false;
    if (!joins) {
      // More has come than a page: who goes up meets it.
      this.newer = newerThan(this.wanted, first);
      return true;
    }
    this.dropGone(page);
    this.renew(page.items);
    if (!this.newer) for (const post of page.items.toReversed()) this.insert(post, hold);
    return true;
  }

  /** Puts a page behind the others. @param next - what comes after it. @param trim - the newest may be given up */
  growOlder(posts: readonly Post[], next: Beyond | undefined, trim: boolean): void {
    this.append(posts);
    this.older = next;
    if (!trim || this.all.length <= MOST) return;
    const gone = this.all.length - MOST + LESS;
    this.slice(gone, this.all.length);
    this.start += gone;
    const [first] = this.all;
    if (first) this.newer = newerThan(this.wanted, first);
  }

  /** Puts a page before the others, the newest first. @param trim - the oldest may be given up */
  growNewer(posts: readonly Post[], next: Beyond | undefined, trim: boolean): void {
    const waited = this.fresh.length;
    this.start -= this.prepend(posts);
    // What waited and is among the page came after those before were counted.
    if (this.before !== undefined) this.before += waited - this.fresh.length;
    this.newer = next;
    if (!trim || this.all.length <= MOST) return;
    this.slice(0, MOST - LESS);
    const last = this.all.at(-1);
    if (last) this.older = olderThan(this.wanted, last);
  }
}
