import { ContextProvider } from '@lit/context';
import type { LitElement } from 'lit';
import { Api } from '../api/api.ts';
import { Router } from '../router/router.ts';
import { Connection } from '../state/connection.ts';
import {
  apiContext,
  connectionContext,
  downloadsContext,
  libraryContext,
  pendingContext,
  preferencesContext,
  routerContext,
  sessionContext,
  toastsContext,
} from '../state/contexts.ts';
import { Downloads } from '../state/downloads.ts';
import { Library } from '../state/library.ts';
import { PendingLinks } from '../state/pending-links.ts';
import { Preferences } from '../state/preferences.ts';
import { Session } from '../state/session.ts';
import { Toasts } from '../state/toasts.ts';

/** Everything that lives as long as the app; handed down through contexts, each its own. */
export class Services {
  readonly api = new Api();
  readonly router = new Router();
  readonly preferences = new Preferences();
  readonly toasts = new Toasts();
  readonly pending = new PendingLinks();
  readonly session = new Session(this.api);
  readonly downloads = new Downloads(this.api);
  readonly library = new Library(this.api);
  readonly connection = new Connection(this.api, this.downloads, this.library);

  provide(host: LitElement): void {
    new ContextProvider(host, { context: apiContext, initialValue: this.api });
    new ContextProvider(host, { context: routerContext, initialValue: this.router });
    new ContextProvider(host, { context: preferencesContext, initialValue: this.preferences });
    new ContextProvider(host, { context: toastsContext, initialValue: this.toasts });
    new ContextProvider(host, { context: pendingContext, initialValue: this.pending });
    new ContextProvider(host, { context: sessionContext, initialValue: this.session });
    new ContextProvider(host, { context: downloadsContext, initialValue: this.downloads });
    new ContextProvider(host, { context: libraryContext, initialValue: this.library });
    new ContextProvider(host, { context: connectionContext, initialValue: this.connection });
  }
}
