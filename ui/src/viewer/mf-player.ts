import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { En } from 'media-chrome/dist/lang/en.js';
import { Fr } from 'media-chrome/dist/lang/fr.js';
import 'media-chrome/dist/media-controller.js';
import 'media-chrome/dist/media-fullscreen-button.js';
import 'media-chrome/dist/media-loading-indicator.js';
import 'media-chrome/dist/media-mute-button.js';
import 'media-chrome/dist/media-pip-button.js';
import 'media-chrome/dist/media-play-button.js';
import 'media-chrome/dist/media-playback-rate-button.js';
import 'media-chrome/dist/media-time-display.js';
import 'media-chrome/dist/media-time-range.js';
import { addTranslation, setLanguage } from 'media-chrome/dist/utils/i18n.js';
import { icon } from '../elements/icons.ts';
import { preferencesContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { currentLocale } from '../words/t.ts';
import { localized, t } from '../words/viewer.ts';
import { playerStyles } from './player.styles.ts';

/** Shorter ones start over by themselves. Seconds. */
const LOOPS_BELOW = 60;
/** Of a frame, where the rate is unknown. Seconds. */
const FRAME = 1 / 30;

// A button's name has the words that are seen on it: "1x".
addTranslation('en', { ...En, 'Playback rate {playbackRate}': 'Playback rate {playbackRate}x' });
addTranslation('fr', { ...Fr, 'Playback rate {playbackRate}': 'Vitesse {playbackRate}x' });

/**
 * Plays a video or a sound. Volume and speed are remembered; sound never starts unasked.
 * @fires mf-ended
 * @fires mf-unplayable - the browser does not know the format
 */
@customElement('mf-player')
@localized()
export class MfPlayer extends LitElement {
  static override styles = [base, playerStyles];

  @property() src = '';
  @property() kind: 'video' | 'audio' = 'video';
  @property() poster = '';
  /** Where the file can be kept from, when it cannot be played. */
  @property() download = '';
  @property() label = '';
  @state() private _unplayable = false;
  @state() private _loop = false;
  @query('video, audio') private readonly _media: HTMLMediaElement | null | undefined;
  @query('media-controller') private readonly _controller: HTMLElement | null | undefined;
  private readonly _preferences = new UseStore(this, preferencesContext);
  private _starting = false;

  toggle(): void {
    const media = this._media;
    if (!media) return;
    if (media.paused) void media.play().catch(() => undefined);
    else media.pause();
  }

  /** Moves by seconds, within the length. */
  seek(seconds: number): void {
    const media = this._media;
    if (media && Number.isFinite(media.duration))
      media.currentTime = Math.min(media.duration, Math.max(0, media.currentTime + seconds));
  }

  frame(step: 1 | -1): void {
    this._media?.pause();
    this.seek(step * FRAME);
  }

  mute(): void {
    if (this._media) this._media.muted = !this._media.muted;
  }

  async fullscreen(): Promise<void> {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await this._controller?.requestFullscreen().catch(() => undefined);
  }

  async pictureInPicture(): Promise<void> {
    if (document.pictureInPictureElement) await document.exitPictureInPicture();
    else if (this._media instanceof HTMLVideoElement)
      await this._media.requestPictureInPicture().catch(() => undefined);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._media?.pause();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    setLanguage(currentLocale());
    if (changed.has('src')) this._unplayable = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const media = this._media;
    const preferences = this._preferences.value;
    if (!changed.has('src') || !media) return;
    this._starting = true;
    media.muted = preferences?.muted ?? true;
    media.volume = Math.min(1, preferences?.volume ?? 1);
    media.defaultPlaybackRate = media.playbackRate = Math.min(4, Math.max(0.25, preferences?.rate ?? 1));
    if (this.kind === 'audio') media.muted = false; // It starts only when it is asked to.
    queueMicrotask(() => (this._starting = false));
  }

  protected override render() {
    return this.kind === 'audio' ? this._renderAudio() : this._renderVideo();
  }

  private _renderVideo() {
    return html`<media-controller nohotkeys novolumepref nomutedpref>
        <video
          slot="media"
          playsinline
          preload="metadata"
          aria-label=${this.label}
          src=${this.src}
          poster=${this.poster || nothing}
          .loop=${this._loop}
          @loadedmetadata=${this._onMetadata}
          @volumechange=${this._onSound}
          @ratechange=${this._onRate}
          @ended=${this._onEnded}
          @error=${this._onError}
        ></video>
        <media-loading-indicator slot="centered-chrome" noautohide></media-loading-indicator>
        <div class="ctl">
          <media-time-range></media-time-range>
          <div class="row" dir="ltr">
            ${this._renderButtons()}
            <span class="end row" style="gap: 0">
              <media-playback-rate-button rates="0.5 0.75 1 1.25 1.5 2"></media-playback-rate-button>
              <media-pip-button><span slot="icon">${icon('pip')}</span></media-pip-button>
              ${this._renderLoop()}
              <media-fullscreen-button><span slot="icon">${icon('full')}</span></media-fullscreen-button>
            </span>
          </div>
        </div>
      </media-controller>
      ${this._unplayable ? this._renderUnplayable() : nothing}`;
  }

  private _renderAudio() {
    return html`<div class="audio">
      <div class="disc">${this.poster ? html`<img src=${this.poster} alt="" />` : icon('audio')}</div>
      <media-controller audio nohotkeys novolumepref nomutedpref>
        <audio
          slot="media"
          preload="metadata"
          aria-label=${this.label}
          src=${this.src}
          .loop=${this._loop}
          @volumechange=${this._onSound}
          @ratechange=${this._onRate}
          @ended=${this._onEnded}
          @error=${this._onError}
        ></audio>
        <div class="ctl">
          <media-time-range></media-time-range>
          <div class="row" dir="ltr">
            ${this._renderButtons()}
            <span class="end row" style="gap: 0">
              <media-playback-rate-button rates="0.5 0.75 1 1.25 1.5 2"></media-playback-rate-button
              >${this._renderLoop()}
            </span>
          </div>
        </div>
      </media-controller>
      ${this._unplayable ? this._renderUnplayable() : nothing}
    </div>`;
  }

  private _renderButtons() {
    return html`<media-play-button>
        <span slot="play">${icon('play', 'lg')}</span><span slot="pause">${icon('pause', 'lg')}</span>
      </media-play-button>
      <media-mute-button>
        <span slot="off">${icon('mute')}</span><span slot="low">${icon('volume')}</span
        ><span slot="medium">${icon('volume')}</span><span slot="high">${icon('volume')}</span>
      </media-mute-button>
      <media-time-display showduration notoggle aria-hidden="true"></media-time-display>`;
  }

  private _renderLoop() {
    return html`<button
      class="icb"
      aria-label=${t('loop')}
      title=${t('loop')}
      aria-pressed=${this._loop}
      @click=${() => (this._loop = !this._loop)}
    >
      ${icon('retry')}
    </button>`;
  }

  private _renderUnplayable() {
    return html`<div class="oops" role="alert">
      ${icon('broken', 'lg')}
      <h2>${t('unplayable')}</h2>
      <p>${t('unplayable_text')}</p>
      <a class="btn paper" href=${this.download} download>${icon('download', 'sm')}${t('download_original')}</a>
    </div>`;
  }

  private readonly _onMetadata = (): void => {
    const media = this._media;
    if (!(media instanceof HTMLVideoElement)) return;
    // A browser without the codec may still play the sound: only the picture's size tells.
    if (media.videoWidth === 0) {
      this._giveUp();
      return;
    }
    this._loop = media.duration <= LOOPS_BELOW;
    if (!window.matchMedia('(prefers-reduced-motion: reduce)').matches) void this._start(media);
  };

  /** Plays at once; where the browser refuses sound unasked, without it. */
  private async _start(media: HTMLMediaElement): Promise<void> {
    try {
      await media.play();
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError' || media.muted) return;
      this._starting = true; // The person did not choose this, so it is not remembered.
      media.muted = true;
      await media.play().catch(() => undefined);
      this._starting = false;
    }
  }

  private readonly _onSound = (): void => {
    const media = this._media;
    if (media && !this._starting) this._preferences.value?.setSound({ muted: media.muted, volume: media.volume });
  };

  private readonly _onRate = (): void => {
    if (this._media) this._preferences.value?.setRate(this._media.playbackRate);
  };

  private readonly _onEnded = (): void => {
    this.dispatchEvent(new CustomEvent('mf-ended', { bubbles: true, composed: true }));
  };

  private readonly _onError = (): void => this._giveUp();

  private _giveUp(): void {
    this._media?.pause();
    this._unplayable = true;
    this.dispatchEvent(new CustomEvent('mf-unplayable', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-player': MfPlayer;
  }
}
