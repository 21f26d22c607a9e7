import { css } from 'lit';

export const playerStyles = css`
  :host {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    color: var(--mf-on-media);
  }
  media-controller {
    display: block;
    inline-size: 100%;
    block-size: 100%;
    border-radius: inherit;
    overflow: hidden;
    background: transparent;
    --media-background-color: transparent;
    --media-range-track-height: 4px;
    --media-range-track-border-radius: 2px;
    --media-range-bar-color: var(--mf-on-media);
    --media-font-size: var(--mf-text-sm);
    --media-control-height: 24px;
    --media-control-padding: 8px;
    --media-time-range-buffered-color: #ffffff4d;
    --media-tooltip-display: none;
    --media-focus-box-shadow: var(--mf-focus);
  }
  video {
    inline-size: 100%;
    block-size: 100%;
    object-fit: contain;
  }
  .ctl {
    display: flex;
    flex-direction: column;
    inline-size: 100%;
    padding: 60px 8px 6px;
    background: var(--mf-scrim-up);
    /* Its shade is a part of the picture: fingers go through. */
    pointer-events: none;
  }
  .ctl > * {
    pointer-events: auto;
  }
  .ctl > .row {
    gap: 0;
  }
  media-time-range {
    inline-size: 100%;
    block-size: 20px;
    padding-inline: 8px;
  }
  /* It runs from right to left there, with all that moves on it; a preview would be written backwards. */
  media-time-range:dir(rtl) {
    direction: ltr;
    scale: -1 1;
  }
  media-time-range:dir(rtl)::part(preview-box) {
    display: none;
  }
  .ctl .icb,
  media-play-button,
  media-mute-button,
  media-pip-button,
  media-fullscreen-button,
  media-playback-rate-button {
    display: inline-grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: var(--mf-radius-md);
    color: var(--mf-on-media);
    --media-button-icon-width: 20px;
    --media-button-icon-height: 20px;
  }
  media-pip-button[mediapipunavailable],
  media-fullscreen-button[mediafullscreenunavailable] {
    display: none;
  }
  media-play-button span,
  media-mute-button span,
  media-pip-button span,
  media-fullscreen-button span {
    display: grid;
  }
  .ctl .icb:hover {
    background: #ffffff1f;
  }
  .ctl .icb[aria-pressed='true'] {
    background: none;
    color: #d3f26a;
  }
  media-time-display {
    padding-inline: 6px;
  }
  .oops {
    position: absolute;
    inset: 0;
    z-index: 2;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--mf-3);
    padding: var(--mf-6);
    text-align: center;
    background: #000000b3;
  }
  .oops h2 {
    font-size: var(--mf-text-lg);
  }
  .oops p {
    color: #ffffffc7;
    max-inline-size: 36ch;
  }
  .audio {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: 26px;
    inline-size: 100%;
    block-size: 100%;
    padding: 34px 24px;
  }
  .disc {
    display: grid;
    place-items: center;
    inline-size: min(250px, 70%);
    aspect-ratio: 1;
    border-radius: 18px;
    overflow: hidden;
    background: #ffffff14;
    box-shadow: 0 20px 60px #00000080;
  }
  .disc img {
    inline-size: 100%;
    block-size: 100%;
    object-fit: cover;
  }
  .disc .ic {
    inline-size: 72px;
    block-size: 72px;
  }
  .audio media-controller {
    inline-size: min(560px, 100%);
    block-size: auto;
  }
  .audio .ctl {
    padding: 0;
    background: none;
  }
  @media (max-width: 699px) {
    /* Between the buttons at the top and those at the side. */
    .audio {
      gap: 20px;
      padding-block: 64px 330px;
    }
    .disc {
      inline-size: min(250px, 70%, 100dvh - 500px);
    }
    .ctl {
      padding: 120px 6px calc(8px + env(safe-area-inset-bottom));
    }
    .ctl .icb,
    media-play-button,
    media-mute-button,
    media-pip-button,
    media-fullscreen-button,
    media-playback-rate-button {
      inline-size: 44px;
      block-size: 44px;
    }
  }
  @media (max-width: 699px) and (max-height: 760px) {
    .oops {
      align-content: start;
      padding-block-start: 84px;
    }
  }
  @media (max-width: 359px) {
    media-pip-button {
      display: none;
    }
    .ctl .icb,
    media-play-button,
    media-mute-button,
    media-fullscreen-button,
    media-playback-rate-button {
      inline-size: 38px;
    }
  }
`;
