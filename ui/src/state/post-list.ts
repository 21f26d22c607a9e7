import type { Post } from '../api/types.ts';

/** Posts in their order, and where each is: of a hundred thousand one is found at once, and more are added at no cost. */
export class PostList {
  #all: readonly Post[] = [];
  #byId = new Map<string, Post>();

  get all(): readonly Post[] {
    return this.#all;
  }

  byId(id: string): Post | undefined {
    return this.#byId.get(id);
  }

  set(posts: readonly Post[]): void {
    this.#all = posts;
    this.#byId = new Map(posts.map((post) => [post.id, post]));
  }

  /** Puts those that are not there yet behind the others. */
  append(posts: readonly Post[]): void {
    const added = posts.filter(({ id }) => !this.#byId.has(id));
    for (const post of added) this.#byId.set(post.id, post);
    this.#all = [...this.#all, ...added];
  }
}
