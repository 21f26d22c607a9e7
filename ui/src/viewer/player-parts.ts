import { html, nothing } from 'lit';
import 'media-chrome/dist/media-controller.js';
import 'media-chrome/dist/media-fullscreen-button.js';
import 'media-chrome/dist/media-loading-indicator.js';
import 'media-chrome/dist/media-mute-button.js';
import 'media-chrome/dist/media-pip-button.js';
import 'media-chrome/dist/media-play-button.js';
import 'media-chrome/dist/media-playback-rate-button.js';
import 'media-chrome/dist/media-time-display.js';
import 'media-chrome/dist/media-time-range.js';
import { icon } from '../elements/icons.ts';
import { t } from '../words/viewer.ts';

/** What is heard of a film or a sound. */
export interface MediaListeners {
  readonly metadata: () => void;
  readonly sound: () => void;
  readonly rate: () => void;
  readonly time: () => void;
  readonly play: () => void;
  readonly pause: () => void;
  readonly ended: () => void;
  readonly error: () => void;
}

interface Media {
  readonly src: string;
  readonly poster: string;
  /** What a screen reader calls it. */
  readonly label: string;
  /** Whether it starts over by itself. */
  readonly loop: boolean;
  readonly onLoop: () => void;
  readonly on: MediaListeners;
}

/** Play, sound and time: what a film and a sound both have. */
const renderPlayButtons = () =>
  html`<media-play-button>
      <span slot="play">${icon('play', 'lg')}</span><span slot="pause">${icon('pause', 'lg')}</span>
    </media-play-button>
    <media-mute-button>
      <span slot="off">${icon('mute')}</span><span slot="low">${icon('volume')}</span
      ><span slot="medium">${icon('volume')}</span><span slot="high">${icon('volume')}</span>
    </media-mute-button>
    <media-time-display showduration notoggle aria-hidden="true"></media-time-display>`;

const renderSpeed = () => html`<media-playback-rate-button rates="0.5 0.75 1 1.25 1.5 2"></media-playback-rate-button>`;

const renderLoop = (on: boolean, onClick: () => void) =>
  html`<button class="icb" aria-label=${t('loop')} title=${t('loop')} aria-pressed=${on} @click=${onClick}>
    ${icon('retry')}
  </button>`;

/** A film with its controls over it. */
export const renderVideo = ({ src, poster, label, loop, onLoop, on }: Media) =>
  html`<media-controller nohotkeys novolumepref nomutedpref>
    <video
      slot="media"
      playsinline
      preload="metadata"
      aria-label=${label}
      src=${src}
      poster=${poster || nothing}
      .loop=${loop}
      @loadedmetadata=${on.metadata}
      @volumechange=${on.sound}
      @ratechange=${on.rate}
      @timeupdate=${on.time}
      @play=${on.play}
      @pause=${on.pause}
      @ended=${on.ended}
      @error=${on.error}
    ></video>
    <media-loading-indicator slot="centered-chrome" noautohide></media-loading-indicator>
    <div class="ctl">
      <media-time-range></media-time-range>
      <div class="row" dir="ltr">
        ${renderPlayButtons()}
        <span class="end row" style="gap: 0">
          ${renderSpeed()}
          <media-pip-button><span slot="icon">${icon('pip')}</span></media-pip-button>
          ${renderLoop(loop, onLoop)}
          <media-fullscreen-button><span slot="icon">${icon('full')}</span></media-fullscreen-button>
        </span>
      </div>
    </div>
  </media-controller>`;

/** A sound with its cover, and its controls below. */
export const renderAudio = ({ src, poster, label, loop, onLoop, on }: Media) =>
  html`<div class="audio">
    <div class="disc">${poster ? html`<img src=${poster} alt="" />` : icon('audio')}</div>
    <media-controller audio nohotkeys novolumepref nomutedpref>
      <audio
        slot="media"
        preload="metadata"
        aria-label=${label}
        src=${src}
        .loop=${loop}
        @loadedmetadata=${on.metadata}
        @volumechange=${on.sound}
        @ratechange=${on.rate}
        @timeupdate=${on.time}
        @play=${on.play}
        @pause=${on.pause}
        @ended=${on.ended}
        @error=${on.error}
      ></audio>
      <div class="ctl">
        <media-time-range></media-time-range>
        <div class="row" dir="ltr">
          ${renderPlayButtons()}
          <span class="end row" style="gap: 0">${renderSpeed()}${renderLoop(loop, onLoop)}</span>
        </div>
      </div>
    </media-controller>
  </div>`;
