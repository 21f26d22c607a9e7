import { Store } from './store.ts';

/** Chromium's own event; other browsers have none. Source: https://wicg.github.io/manifest-incubations/ */
interface InstallPrompt extends Event {
  prompt(): Promise<{ outcome: 'accepted' | 'dismissed' }>;
}

/** Whether the app can be installed on this device, and the way to do it. */
export class Installing extends Store {
  #prompt: InstallPrompt | undefined;
  readonly installed: boolean = window.matchMedia('(display-mode: standalone)').matches;

  /** Listens until `signal` aborts; the browser says it once, soon after the page is there. */
  start(signal: AbortSignal): void {
    window.addEventListener(
      'beforeinstallprompt',
      (event) => {
        event.preventDefault();
        this.#set(event as InstallPrompt);
      },
      { signal },
    );
    window.addEventListener('appinstalled', () => this.#set(undefined), { signal });
  }

  get offered(): boolean {
    return this.#prompt !== undefined;
  }

  /** Asks the person, in the browser's own words. */
  async ask(): Promise<void> {
    const prompt = this.#prompt;
    this.#set(undefined); // It works once.
    await prompt?.prompt();
  }

  #set(prompt: InstallPrompt | undefined): void {
    this.#prompt = prompt;
    this.changed();
  }
}
