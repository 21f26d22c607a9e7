import type { Library } from '../state/library.ts';
import type { Selection } from '../state/selection.ts';

/** Counts are exact up to so many. */
const COUNTED = 1000;

/** Picks all of a list. What is counted is read, so that a change shows at once; what is more goes by the filter. */
export async function pickAll(library: Library, selection: Selection): Promise<void> {
  const { count, filter } = library;
  if (!count) return;
  if (!count.more) {
    while (await library.newer());
    while (library.posts.length < COUNTED && (await library.more(true)));
  }
  // Another filter was chosen meanwhile: nobody has asked for all of that.
  if (library.filter !== filter) return;
  const complete = !library.hasMore && !library.hasNewer;
  selection.all(
    library.posts.map(({ id }) => id),
    !complete,
  );
}
