/** Of a frame, where the rate is unknown. Seconds. */
const FRAME = 1 / 30;
/** How fast it plays while it is held. */
const FAST = 2;

/** What can be asked of a film or a sound, by whatever means. Nothing happens while there is none. */
export class PlayerControls {
  readonly #media: () => HTMLMediaElement | null | undefined;
  readonly #frame: () => HTMLElement | null;
  /** Its speed before it was held. */
  #before: { readonly media: HTMLMediaElement; readonly rate: number } | undefined;

  /** @param frame - what becomes the whole screen */
  constructor(media: () => HTMLMediaElement | null | undefined, frame: () => HTMLElement | null) {
    this.#media = media;
    this.#frame = frame;
  }

  /** It plays fast for as long as somebody holds it. */
  get held(): boolean {
    return this.#before !== undefined;
  }

  toggle(): void {
    const media = this.#media();
    if (!media) return;
    if (media.paused) void media.play().catch(() => undefined);
    else media.pause();
  }

  /** Moves by seconds, within the length. */
  seek(seconds: number): void {
    const media = this.#media();
    if (media && Number.isFinite(media.duration))
      media.currentTime = Math.min(media.duration, Math.max(0, media.currentTime + seconds));
  }

  frame(step: 1 | -1): void {
    this.#media()?.pause();
    this.seek(step * FRAME);
  }

  mute(): void {
    const media = this.#media();
    if (media) media.muted = !media.muted;
  }

  /** Plays fast until {@link release}. @returns how fast; undefined when nothing plays */
  hold(): number | undefined {
    const media = this.#media();
    if (!media || media.paused) return undefined;
    this.#before ??= { media, rate: media.playbackRate };
    media.playbackRate = Math.max(FAST, this.#before.rate);
    return media.playbackRate;
  }

  release(): void {
    const before = this.#before;
    this.#before = undefined;
    if (before) before.media.playbackRate = before.rate;
  }

  async fullscreen(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else
      await this.#frame()
        ?.requestFullscreen()
        .catch(() => undefined);
  }

  async pictureInPicture(): Promise<void> {
    const media = this.#media();
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else if (media instanceof HTMLVideoElement) await media.requestPictureInPicture().catch(() => undefined);
  }
}
