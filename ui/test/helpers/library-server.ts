import type { Post } from '../../src/api/types.ts';
import { post } from './data.ts';

interface Asked {
  readonly filter?: { readonly from?: string; readonly to?: string };
  readonly cursor?: string | null;
}

const LIMIT = 60;
const NEWEST = Date.UTC(2026, 10, 20, 12);
/** Milliseconds between two posts: some hundred a month. */
const APART = 3 * 3_600_000;

/** Answers for a library of so many posts, as the server pages through it: by a key, in both directions. */
export class LibraryServer {
  /** The newest first. */
  posts: readonly Post[];

  /** @param together - so many are added in the same moment */
  constructor(count: number, { together = 1 }: { together?: number } = {}) {
    this.posts = Array.from({ length: count }, (_, n) =>
      post({ id: `s${n}`, addedAt: new Date(NEWEST - Math.floor(n / together) * together * APART).toISOString() }),
    );
  }

  get answers() {
    return {
      Library: (asked: Asked) => ({ library: this.#page(this.posts, asked) }),
      NewerPosts: (asked: Asked) => ({ library: this.#page(this.posts.toReversed(), asked) }),
      LibraryCount: ({ filter }: Asked) => {
        const { length } = wantedOf(this.posts, filter);
        return { libraryCount: { value: Math.min(1000, length), more: length > 1000 } };
      },
    };
  }

  add(newest: Post): Post {
    this.posts = [newest, ...this.posts];
    return newest;
  }

  remove(id: string): void {
    this.posts = this.posts.filter((one) => one.id !== id);
  }

  #page(order: readonly Post[], { filter, cursor }: Asked) {
    const wanted = wantedOf(order, filter);
    const begins = cursor ? wanted.findIndex(({ id }) => id === cursor) + 1 : 0;
    const items = wanted.slice(begins, begins + LIMIT);
    return { items, nextCursor: begins + LIMIT < wanted.length ? (items.at(-1)?.id ?? null) : null };
  }
}

const wantedOf = (
  posts: readonly Post[],
  { from = '', to = '~' }: NonNullable<Asked['filter']> = {},
): readonly Post[] => posts.filter(({ addedAt }) => addedAt >= from && addedAt <= to);
