import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** A film that nobody sees stops; a sound plays on, and so does a small picture over other windows. */
export class PauseUnseen implements ReactiveController {
  readonly #media: () => HTMLMediaElement | null | undefined;
  /** It played when the page was put behind another. */
  #played = false;

  constructor(host: ReactiveControllerHost, media: () => HTMLMediaElement | null | undefined) {
    this.#media = media;
    host.addController(this);
  }

  hostConnected(): void {
    document.addEventListener('visibilitychange', this.#onVisibility);
  }

  hostDisconnected(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
  }

  readonly #onVisibility = (): void => {
    const media = this.#media();
    if (!(media instanceof HTMLVideoElement) || document.pictureInPictureElement) return;
    if (document.hidden) {
      this.#played = !media.paused;
      media.pause();
    } else if (this.#played) {
      this.#played = false;
      void media.play().catch(() => undefined);
    }
  };
}
