import type { LitElement, ReactiveController } from 'lit';
import type { DroppedPosts } from '../select/touch-drop.ts';
import { changesContext, foldersContext, libraryContext, selectionContext } from '../state/contexts.ts';
import { UseValue } from '../state/use-value.ts';
import { tn } from '../words/library.ts';

/** Files posts that are dropped on a folder inside of an element. */
export class DropPosts implements ReactiveController {
  readonly #host: LitElement;
  readonly #uses;

  constructor(host: LitElement) {
    this.#host = host;
    this.#uses = {
      changes: new UseValue(host, changesContext),
      folders: new UseValue(host, foldersContext),
      library: new UseValue(host, libraryContext),
      selection: new UseValue(host, selectionContext),
    };
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('mf-drop-posts', this.#onDrop);
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('mf-drop-posts', this.#onDrop);
  }

  readonly #onDrop = (event: Event): void => {
    event.stopPropagation();
    // The only one that fires it.
    const { folderId, ids } = (event as CustomEvent<DroppedPosts>).detail;
    const { changes, folders, library, selection } = this.#uses;
    const posts = ids.flatMap((id) => library.value?.byId(id) ?? []);
    const folder = folders.value?.byId(folderId)?.name ?? '';
    const change = { action: 'addToFolder', options: { folder: folderId } } as const;
    void changes.value?.apply(change, posts, (n) => tn('bulk_added', n, { folder }));
    selection.value?.clear();
  };
}
