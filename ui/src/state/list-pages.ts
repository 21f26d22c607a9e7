import type { Api } from '../api/api.ts';
import type { Beyond } from './list-ends.rules.ts';
import type { PostWindow } from './post-window.ts';
import { after, readNewer, readOlder } from './read-library.ts';

interface Parts {
  /** Ends what is being read for the list. */
  readonly signal: () => AbortSignal | undefined;
  /** Whether what is far away may be given up. */
  readonly mayForget: () => boolean;
  readonly changed: () => void;
}

/** Fetches the pages at both ends of a list; who asks while one comes waits for the same one. */
export class ListPages {
  loadingMore = false;
  moreFailed = false;
  readonly #api: Api;
  readonly #list: PostWindow;
  readonly #parts: Parts;
  #olderComes: Promise<boolean> | undefined;
  #newerComes: Promise<boolean> | undefined;

  constructor(api: Api, list: PostWindow, parts: Parts) {
    [this.#api, this.#list, this.#parts] = [api, list, parts];
  }

  /** The list begins anew. */
  reset(): void {
    this.loadingMore = this.moreFailed = false;
  }

  /** After a failure only a person asks again. @returns whether the page has come */
  async older(byHand: boolean): Promise<boolean> {
    const { older } = this.#list;
    if (!older || (this.moreFailed && !byHand)) return false;
    this.#olderComes ??= this.#readOlder(older).finally(() => (this.#olderComes = undefined));
    return this.#olderComes;
  }

  /** @returns whether the page has come */
  async newer(): Promise<boolean> {
    const { newer } = this.#list;
    if (!newer) return false;
    this.#newerComes ??= this.#readNewer(newer).finally(() => (this.#newerComes = undefined));
    return this.#newerComes;
  }

  async #readOlder(older: Beyond): Promise<boolean> {
    const { signal: signalOf, mayForget, changed } = this.#parts;
    const signal = signalOf();
    let came = false;
    this.loadingMore = true;
    this.moreFailed = false;
    changed();
    try {
      const page = await readOlder(this.#api, older, signal);
      came = this.#list.older === older;
      if (came) this.#list.growOlder(page.items, after(older, page), mayForget());
    } catch {
      this.moreFailed = !signal?.aborted;
    }
    this.loadingMore = false;
    changed();
    return came;
  }

  async #readNewer(newer: Beyond): Promise<boolean> {
    const { signal, mayForget, changed } = this.#parts;
    try {
      const page = await readNewer(this.#api, newer, signal());
      if (this.#list.newer === newer) this.#list.growNewer(page.items, after(newer, page), mayForget());
    } catch {
      return false; // Asked for again by who comes near the beginning.
    }
    changed();
    return true;
  }
}
