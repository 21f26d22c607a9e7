import { ContextProvider } from '@lit/context';
import type { LitElement } from 'lit';
import { Api } from '../api/api.ts';
import { Router } from '../router/router.ts';
import { Bulk } from '../state/bulk.ts';
import { Changes } from '../state/changes.ts';
import { Connection } from '../state/connection.ts';
import {
  apiContext,
  bulkContext,
  changesContext,
  connectionContext,
  downloadsContext,
  foldersContext,
  installingContext,
  libraryContext,
  pendingContext,
  pickedContext,
  preferencesContext,
  routerContext,
  selectionContext,
  sessionContext,
  toastsContext,
} from '../state/contexts.ts';
import { Downloads } from '../state/downloads.ts';
import { Folders } from '../state/folders.ts';
import { Installing } from '../state/installing.ts';
import { Library } from '../state/library.ts';
import { PendingLinks } from '../state/pending-links.ts';
import { PickedPosts } from '../state/picked-posts.ts';
import { Preferences } from '../state/preferences.ts';
import { Selection } from '../state/selection.ts';
import { Session } from '../state/session.ts';
import { Toasts } from '../state/toasts.ts';

/** Everything that lives as long as the app; handed down through contexts, each its own. */
export class Services {
  readonly api = new Api();
  readonly router = new Router();
  readonly preferences = new Preferences();
  readonly toasts = new Toasts();
  readonly installing = new Installing();
  readonly session = new Session(this.api);
  readonly pending: PendingLinks = new PendingLinks(() => this.session.user?.id ?? '');
  readonly downloads = new Downloads(this.api);
  readonly library = new Library(this.api);
  readonly folders = new Folders(this.api);
  readonly bulk = new Bulk(this.api);
  readonly selection = new Selection();
  readonly picked = new PickedPosts(this);
  readonly changes = new Changes(this);
  readonly connection = new Connection(this.api, this);

  constructor() {
    this.library.mayForget = () => !this.selection.active;
  }

  /** Forgets all that was one person's. */
  clear(): void {
    for (const store of [this.downloads, this.library, this.folders, this.bulk, this.selection]) store.clear();
  }

  provide(host: LitElement): void {
    new ContextProvider(host, { context: apiContext, initialValue: this.api });
    new ContextProvider(host, { context: routerContext, initialValue: this.router });
    new ContextProvider(host, { context: preferencesContext, initialValue: this.preferences });
    new ContextProvider(host, { context: installingContext, initialValue: this.installing });
    new ContextProvider(host, { context: toastsContext, initialValue: this.toasts });
    new ContextProvider(host, { context: pendingContext, initialValue: this.pending });
    new ContextProvider(host, { context: sessionContext, initialValue: this.session });
    new ContextProvider(host, { context: downloadsContext, initialValue: this.downloads });
    new ContextProvider(host, { context: libraryContext, initialValue: this.library });
    new ContextProvider(host, { context: foldersContext, initialValue: this.folders });
    new ContextProvider(host, { context: bulkContext, initialValue: this.bulk });
    new ContextProvider(host, { context: selectionContext, initialValue: this.selection });
    new ContextProvider(host, { context: pickedContext, initialValue: this.picked });
    new ContextProvider(host, { context: changesContext, initialValue: this.changes });
    new ContextProvider(host, { context: connectionContext, initialValue: this.connection });
  }
}
