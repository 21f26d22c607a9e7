import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Milliseconds that what happens at one time is waited for. */
const TOGETHER = 700;

interface Options {
  /** Whose `settled`, `plugin` and `change` events are listened to; known once the element is in the app. */
  readonly stores: () => readonly (EventTarget | undefined)[];
  readonly run: () => void;
}

/** Reads anew when a download has ended or a platform begins or ends a rest; hidden pages wait until they are looked at. */
export class Refresh implements ReactiveController {
  readonly #options: Options;
  #listening: AbortController | undefined;
  #soon: ReturnType<typeof setTimeout> | undefined;
  #stale = false;

  constructor(host: ReactiveControllerHost, options: Options) {
    this.#options = options;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    document.addEventListener('visibilitychange', () => this.#stale && this.#ask(), { signal: this.#listening.signal });
    // The contexts answer while the host is being connected.
    queueMicrotask(() => this.#listen());
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    clearTimeout(this.#soon);
  }

  #listen(): void {
    const signal = this.#listening?.signal;
    if (!signal || signal.aborted) return;
    for (const store of this.#options.stores())
      for (const event of ['settled', 'plugin']) store?.addEventListener(event, () => this.#ask(), { signal });
  }

  #ask(): void {
    this.#stale = document.hidden;
    clearTimeout(this.#soon);
    if (!this.#stale) this.#soon = setTimeout(() => this.#options.run(), TOGETHER);
  }
}
