import type { Filter } from '../router/filter.ts';
import type { Changes, DoneWords } from '../state/changes.ts';
import type { PickedPosts } from '../state/picked-posts.ts';
import type { Selection } from '../state/selection.ts';
import type { Change } from './change.rules.ts';

interface Parts {
  readonly changes: Changes;
  readonly picked: PickedPosts;
  readonly selection: Selection;
}

interface Wanted {
  readonly change: Change;
  /** The posts, where not all are picked. */
  readonly ids: Iterable<string>;
  /** All that the list shows. */
  readonly all: Filter;
  readonly done: DoneWords;
}

/** Changes all that a list shows, if that is what is picked, or else these posts; what it changes is picked no more. */
export function changePicked({ changes, picked, selection }: Parts, { change, ids, all, done }: Wanted): void {
  if (selection.everything) {
    void changes.applyAll(change, { filter: all }, done);
    selection.clear();
    return;
  }
  const posts = picked.of(ids);
  void changes.apply(change, posts, done);
  selection.without(posts.filter(({ foreign }) => !foreign).map(({ id }) => id));
}
