import type { Post } from '../api/types.ts';
import type { Library } from './library.ts';
import type { Selection } from './selection.ts';

interface Parts {
  readonly library: Library;
  readonly selection: Selection;
}

/** Posts that are picked, as they were seen last: a filter may hide them by now. */
export class PickedPosts {
  readonly #parts: Parts;
  readonly #seen = new Map<string, Post>();

  constructor({ library, selection }: Parts) {
    this.#parts = { library, selection };
    const look = (): void => this.#look();
    library.watch(look);
    selection.watch(look);
  }

  /** Those of some ids that are known. */
  of(ids: Iterable<string>): Post[] {
    return [...ids].flatMap((id) => this.#parts.library.byId(id) ?? this.#seen.get(id) ?? []);
  }

  #look(): void {
    const { library, selection } = this.#parts;
    for (const id of selection.picked) {
      const post = library.byId(id);
      if (post) this.#seen.set(id, post);
    }
    for (const id of this.#seen.keys()) if (!selection.picked.has(id)) this.#seen.delete(id);
  }
}
