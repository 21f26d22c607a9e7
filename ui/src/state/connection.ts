import type { Api } from '../api/api.ts';
import { Live } from '../api/live.ts';
import { ownTask } from '../elements/own-task.ts';
import type { Bulk } from './bulk.ts';
import type { Downloads } from './downloads.ts';
import type { Folders } from './folders.ts';
import type { Library } from './library.ts';
import { Store } from './store.ts';
import { withRendition } from './with-rendition.rules.ts';

/** Milliseconds. */
const POLL_RUNNING = 2000;
const POLL_QUIET = 10_000;
const DEGRADED_AFTER = 3000;
const OFFLINE_AFTER = 10_000;

interface Stores {
  readonly bulk: Bulk;
  readonly downloads: Downloads;
  readonly folders: Folders;
  readonly library: Library;
}

/**
 * Keeps the stores in step with the server: by one live connection, and by asking while that is down.
 * `degraded` after three seconds without it, `offline` when for ten seconds nothing answers at all.
 * @fires stands - the live connection is there (again)
 * @fires rendition - how it stands with making an item playable (detail)
 * @fires plugin - one was switched, or its platform begins or ends a rest
 */
export class Connection extends Store {
  state: 'up' | 'degraded' | 'offline' = 'up';
  readonly #live = new Live();
  readonly #downloads: Downloads;
  readonly #folders: Folders;
  readonly #library: Library;
  #running = false;
  #reachable = true;
  #downSince = 0;
  #polling: ReturnType<typeof setTimeout> | undefined;
  #downTimers: ReturnType<typeof setTimeout>[] = [];

  constructor(api: Api, { bulk, downloads, folders, library }: Stores) {
    super();
    this.#downloads = downloads;
    this.#folders = folders;
    this.#library = library;
    this.#live.onBulk = (job) => bulk.take(job);
    this.#live.onDownload = (job) => downloads.take(job);
    this.#live.onPlugin = () => this.dispatchEvent(new Event('plugin'));
    this.#live.onFolders = (ownerId) => {
      folders.stale();
      // What others file, their posts' comings and goings tell only themselves.
      const shown = library.filter.folder;
      if (shown && folders.isForeign(shown) && folders.byId(shown)?.ownerId === ownerId) void library.refresh();
    };
    this.#live.onPostAdded = (post) => {
      library.take(post);
      folders.stale();
    };
    this.#live.onPostRemoved = (id) => {
      library.drop(id);
      folders.stale();
    };
    this.#live.onRendition = (state) => {
      library.patch([state.id], (post) => withRendition(post, state));
      this.dispatchEvent(new CustomEvent('rendition', { detail: state }));
    };
    this.#live.addEventListener('up', () => void this.#onUp());
    this.#live.addEventListener('down', () => this.#onDown());
    this.#live.addEventListener('session-over', () => api.dispatchEvent(new Event('unauthorized')));
    api.addEventListener('reached', () => this.#onReach(true));
    api.addEventListener('unreachable', () => this.#onReach(false));
  }

  start(): void {
    if (this.#running) return;
    this.#running = true;
    this.#live.start();
    this.#onDown(); // Until it stands, ask.
  }

  stop(): void {
    this.#running = false;
    this.#quiet();
    this.#live.stop();
    this.#quiet();
    this.#set('up');
  }

  async #onUp(): Promise<void> {
    this.#quiet();
    this.#set('up');
    this.dispatchEvent(new Event('stands'));
    void this.#downloads.load();
    await ownTask();
    if (!this.#running) return;
    void this.#library.refresh();
    this.#folders.stale();
  }

  #onDown(): void {
    if (!this.#running) return;
    this.#quiet();
    this.#downSince = Date.now();
    void this.#poll();
    this.#downTimers = [
      setTimeout(() => this.#set('degraded'), DEGRADED_AFTER),
      setTimeout(() => {
        if (!this.#reachable) this.#set('offline');
      }, OFFLINE_AFTER),
    ];
  }

  async #poll(): Promise<void> {
    const before = this.#downloads.active.length;
    await this.#downloads.load();
    if (!this.#running || this.#live.connected) return;
    if (this.#downloads.active.length !== before) void this.#library.refresh();
    clearTimeout(this.#polling);
    this.#polling = setTimeout(
      () => void this.#poll(),
      this.#downloads.active.length > 0 || !this.#reachable ? POLL_RUNNING : POLL_QUIET,
    );
  }

  #onReach(reachable: boolean): void {
    const back = reachable && !this.#reachable;
    this.#reachable = reachable;
    const long = !this.#live.connected && Date.now() - this.#downSince > OFFLINE_AFTER;
    if (this.#running && !reachable && long) this.#set('offline');
    if (back && this.state === 'offline') {
      this.#set(this.#live.connected ? 'up' : 'degraded');
      void this.#library.refresh();
    }
  }

  #quiet(): void {
    clearTimeout(this.#polling);
    for (const timer of this.#downTimers) clearTimeout(timer);
    this.#downTimers = [];
  }

  #set(state: Connection['state']): void {
    if (state === this.state) return;
    this.state = state;
    this.changed();
  }
}
