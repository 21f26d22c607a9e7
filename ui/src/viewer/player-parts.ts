import { html } from 'lit';
import { icon } from '../elements/icons.ts';
import { t } from '../words/viewer.ts';

/** Play, sound and time: what a film and a sound both have. */
export const renderPlayButtons = () =>
  html`<media-play-button>
      <span slot="play">${icon('play', 'lg')}</span><span slot="pause">${icon('pause', 'lg')}</span>
    </media-play-button>
    <media-mute-button>
      <span slot="off">${icon('mute')}</span><span slot="low">${icon('volume')}</span
      ><span slot="medium">${icon('volume')}</span><span slot="high">${icon('volume')}</span>
    </media-mute-button>
    <media-time-display showduration notoggle aria-hidden="true"></media-time-display>`;

export const renderSpeed = () =>
  html`<media-playback-rate-button rates="0.5 0.75 1 1.25 1.5 2"></media-playback-rate-button>`;

export const renderLoop = (on: boolean, onClick: () => void) =>
  html`<button class="icb" aria-label=${t('loop')} title=${t('loop')} aria-pressed=${on} @click=${onClick}>
    ${icon('retry')}
  </button>`;
