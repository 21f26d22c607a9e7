import type { PostPage } from './read-library.ts';

/** Knows which posts leave a list while a page of it is on its way: that page may still have them. */
export class Leaving {
  readonly #pages = new Set<Set<string>>();

  /** The page without what leaves until it is there. */
  async without(coming: Promise<PostPage>): Promise<PostPage> {
    const gone = new Set<string>();
    this.#pages.add(gone);
    try {
      const page = await coming;
      return { ...page, items: page.items.filter(({ id }) => !gone.has(id)) };
    } finally {
      this.#pages.delete(gone);
    }
  }

  leave(ids: readonly string[]): void {
    for (const gone of this.#pages) for (const id of ids) gone.add(id);
  }

  /** It has come back. */
  stay(id: string): void {
    for (const gone of this.#pages) gone.delete(id);
  }
}
