import type { LitElement, ReactiveController } from 'lit';
import { changePicked } from '../select/change-picked.ts';
import type { DroppedPosts } from '../select/touch-drop.ts';
import { changesContext, foldersContext, libraryContext, pickedContext, selectionContext } from '../state/contexts.ts';
import { UseValue } from '../state/use-value.ts';
import { tn } from '../words/library.ts';

/** Files posts that are dropped on a folder inside of an element: where all of a list is picked, all of it. */
export class DropPosts implements ReactiveController {
  readonly #host: LitElement;
  readonly #uses;

  constructor(host: LitElement) {
    this.#host = host;
    this.#uses = {
      changes: new UseValue(host, changesContext),
      folders: new UseValue(host, foldersContext),
      library: new UseValue(host, libraryContext),
      picked: new UseValue(host, pickedContext),
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
    const uses = this.#uses;
    const [changes, picked, selection] = [uses.changes.value, uses.picked.value, uses.selection.value];
    const all = uses.library.value?.filter;
    if (!changes || !picked || !selection || !all) return;
    const folder = uses.folders.value?.byId(folderId)?.name ?? '';
    const change = { action: 'addToFolder', options: { folder: folderId } } as const;
    const done = (n: number): string => tn('bulk_added', n, { folder });
    changePicked({ changes, picked, selection }, { change, ids, all, done });
  };
}
