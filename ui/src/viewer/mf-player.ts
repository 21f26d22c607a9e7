import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { En } from 'media-chrome/dist/lang/en.js';
import { Fr } from 'media-chrome/dist/lang/fr.js';
import { addTranslation, setLanguage } from 'media-chrome/dist/utils/i18n.js';
import { base } from '../styles/base.ts';
import { currentLocale } from '../words/t.ts';
import { localized } from '../words/viewer.ts';
import './mf-make-playable.ts';
import { PauseUnseen } from './pause-unseen.ts';
import { PlayerControls } from './player-controls.ts';
import { hidePlaying, showPlaying, showPosition } from './media-session.ts';
import { renderNotShown } from './not-shown.ts';
import { PlayerMemory } from './player-memory.ts';
import { renderAudio, renderVideo } from './player-parts.ts';
import type { MediaListeners } from './player-parts.ts';
import { PlayerSign, signStyles } from './player-sign.ts';
import { playerStyles } from './player.styles.ts';
import { whyNot } from './why-not.ts';
import type { WhyNot } from './why-not.ts';

/** Shorter ones start over by themselves. Seconds. */
const LOOPS_BELOW = 60;
/** That two taps skip. Seconds. */
const SKIP = 10;

// A button's name has the words that are seen on it: "1x".
addTranslation('en', { ...En, 'Playback rate {playbackRate}': 'Playback rate {playbackRate}x' });
addTranslation('fr', { ...Fr, 'Playback rate {playbackRate}': 'Vitesse {playbackRate}x' });

/**
 * Plays a video or a sound. Volume, speed and place are remembered; sound never starts unasked.
 * @fires mf-ended
 * @fires mf-skip - a key of the system asks for the post before or after: -1 or 1 (detail)
 * @fires mf-unplayable - the browser does not know the format
 * @fires mf-gone - the file is not there
 */
@customElement('mf-player')
@localized()
export class MfPlayer extends LitElement {
  static override styles = [base, playerStyles, signStyles];

  @property() src = '';
  @property() kind: 'video' | 'audio' = 'video';
  @property() poster = '';
  /** Id of the medium: how far somebody got with it is remembered. */
  @property() medium = '';
  /** Where the file can be kept from, when it cannot be played. */
  @property() download = '';
  /** Whose item it is, when it may be made playable. */
  @property() postId = '';
  /** Of the item in its post. */
  @property({ type: Number }) index = 0;
  @property() label = '';
  @property() artist = '';
  @state() private _problem: WhyNot | undefined;
  @state() private _loop = false;
  @query('video, audio') private readonly _media: HTMLMediaElement | null | undefined;
  /** What keys, fingers and buttons ask of it. */
  readonly controls: PlayerControls = new PlayerControls(
    () => this._media,
    () => this.renderRoot.querySelector('media-controller'),
  );
  private readonly _memory: PlayerMemory = new PlayerMemory(this);
  private readonly _sign: PlayerSign = new PlayerSign(this);

  /** Ten seconds on or back for each tap, which is shown. @param taps - how many have come */
  skip(step: 1 | -1, taps: number): void {
    this.controls.seek(step * SKIP);
    this._sign.show({ kind: step === 1 ? 'forward' : 'back', seconds: SKIP * taps });
  }

  /** Plays fast until {@link release}. @returns whether it plays at all */
  hold(): boolean {
    const rate = this.controls.hold();
    if (rate !== undefined) this._sign.show({ kind: 'fast', rate });
    return rate !== undefined;
  }

  /** Back to the speed of before. */
  release(): void {
    this.controls.release();
    this._sign.hide();
  }

  constructor() {
    super();
    new PauseUnseen(this, () => this._media);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this._media) this._memory.onTime(this._media, this.medium, true);
    this._media?.pause();
    hidePlaying();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    setLanguage(currentLocale());
    const before = changed.get('medium');
    if (before && this._media) this._memory.onTime(this._media, before, true);
    if (changed.has('src')) {
      this._problem = undefined;
      this.release();
    }
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('src') && this._media) this._memory.prepare(this._media);
  }

  protected override render() {
    return html`${(this.kind === 'audio' ? renderAudio : renderVideo)({ ...this._shown(), on: this._listeners })}
    ${
      this._problem
        ? renderNotShown({
            ...{ why: this._problem, kind: 'media', download: this.download, onAgain: this._again },
            help:
              this.kind === 'video' && this.postId
                ? html`<mf-make-playable .postId=${this.postId} .index=${this.index}></mf-make-playable>`
                : nothing,
          })
        : this._sign.render()
    }`;
  }

  private _shown() {
    return {
      ...{ src: this.src, poster: this.poster, label: this.label },
      ...{ loop: this._loop, onLoop: this._toggleLoop },
    };
  }

  private _onMetadata(): void {
    const media = this._media;
    if (!media) return;
    this._memory.goOn(media, this.medium);
    if (!(media instanceof HTMLVideoElement)) return;
    // A browser without the codec may still play the sound: only the picture's size tells.
    if (media.videoWidth === 0) {
      this._giveUp('format');
      return;
    }
    this._loop = media.duration <= LOOPS_BELOW;
    if (!window.matchMedia('(prefers-reduced-motion: reduce)').matches) void this._memory.start(media);
  }

  private _onSound(): void {
    if (this._media) this._memory.onSound(this._media);
  }

  private _onRate(): void {
    if (this._media && !this.controls.held) this._memory.onRate(this._media);
  }

  private _onTime(): void {
    if (this._media) this._memory.onTime(this._media, this.medium);
  }

  private _onPlay(): void {
    const media = this._media;
    if (!media) return;
    const onStep = (step: 1 | -1): void => {
      this.dispatchEvent(new CustomEvent('mf-skip', { detail: step, bubbles: true, composed: true }));
    };
    showPlaying({ media, title: this.label, artist: this.artist, artwork: this.poster, onStep });
    showPosition(media);
  }

  private _onPause(): void {
    if (this._media) this._memory.onTime(this._media, this.medium, true);
  }

  private _onEnded(): void {
    this.dispatchEvent(new CustomEvent('mf-ended', { bubbles: true, composed: true }));
  }

  private _onError(): void {
    const { src } = this;
    void whyNot(src).then((why) => {
      if (src === this.src && this._media?.error) this._giveUp(why);
    });
  }

  private readonly _listeners: MediaListeners = {
    metadata: () => this._onMetadata(),
    sound: () => this._onSound(),
    rate: () => this._onRate(),
    time: () => this._onTime(),
    play: () => this._onPlay(),
    pause: () => this._onPause(),
    ended: () => this._onEnded(),
    error: () => this._onError(),
  };

  private readonly _toggleLoop = (): void => {
    this._loop = !this._loop;
  };

  private readonly _again = (): void => {
    this._problem = undefined;
    this._media?.load();
  };

  private _giveUp(why: WhyNot): void {
    this._media?.pause();
    this._problem = why;
    if (why === 'format') this.dispatchEvent(new CustomEvent('mf-unplayable', { bubbles: true, composed: true }));
    if (why === 'gone') this.dispatchEvent(new CustomEvent('mf-gone'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-player': MfPlayer;
  }
}
