import type { LitElement } from 'lit';
import { preferencesContext } from '../state/contexts.ts';
import type { Preferences } from '../state/preferences.ts';
import { UseStore } from '../state/use-store.ts';
import { keepPosition, readPosition } from './positions.ts';

/** Seconds of play between two notes of how far one is. */
const NOTE = 5;

/** Puts a player to the volume, speed and place that the person left, and remembers what they choose. */
export class PlayerMemory {
  readonly #preferences: UseStore<Preferences>;
  /** What changes meanwhile was not chosen by the person. */
  #setting = false;
  #noted = 0;

  constructor(host: LitElement) {
    this.#preferences = new UseStore(host, preferencesContext);
  }

  /** Before anything of it is loaded. A sound starts only when it is asked to, so it is heard. */
  prepare(media: HTMLMediaElement): void {
    const preferences = this.#preferences.value;
    this.#setting = true;
    media.muted = media instanceof HTMLVideoElement && (preferences?.muted ?? true);
    media.volume = Math.min(1, preferences?.volume ?? 1);
    media.defaultPlaybackRate = media.playbackRate = Math.min(4, Math.max(0.25, preferences?.rate ?? 1));
    queueMicrotask(() => (this.#setting = false));
  }

  /** Once its length is known. */
  goOn(media: HTMLMediaElement, mediaId: string): void {
    const position = readPosition(mediaId);
    this.#noted = position ?? 0;
    if (position !== undefined && position < media.duration) media.currentTime = position;
  }

  /** Plays at once; where the browser refuses sound unasked, without it. */
  async start(media: HTMLMediaElement): Promise<void> {
    try {
      await media.play();
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError' || media.muted) return;
      this.#setting = true;
      media.muted = true;
      await media.play().catch(() => undefined);
      this.#setting = false;
    }
  }

  onSound({ muted, volume }: HTMLMediaElement): void {
    if (!this.#setting) this.#preferences.value?.setSound({ muted, volume });
  }

  onRate({ playbackRate }: HTMLMediaElement): void {
    if (!this.#setting) this.#preferences.value?.setRate(playbackRate);
  }

  /** @param now - it stops: noted whatever has passed */
  onTime({ currentTime, duration }: HTMLMediaElement, mediaId: string, now = false): void {
    if (mediaId === '' || (!now && Math.abs(currentTime - this.#noted) < NOTE)) return;
    this.#noted = currentTime;
    keepPosition(mediaId, currentTime, duration);
  }
}
