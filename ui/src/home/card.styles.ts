import { css } from 'lit';
import { glassPill } from '../styles/glass-pill.ts';

export const cardStyles = css`
  :host {
    display: block;
    position: relative;
    contain: layout style;
    padding-block-end: 6px;
  }
  /*
   * Many of these are on the page: nothing in them is a layer of its own while it is only looked at, so what lies over
   * a picture shares its grid cell instead of being positioned.
   */
  .media {
    display: grid;
    border-radius: var(--mf-radius-md);
    background: var(--mf-surface-3) 0 0 / 100% 100%;
    color: var(--mf-text-1);
  }
  .shows .media {
    grid: minmax(0, 1fr) / minmax(0, 1fr);
    min-block-size: 0;
  }
  .shows .media > *,
  .frame > * {
    grid-area: 1 / 1;
  }
  .media:focus-visible {
    border-radius: var(--mf-radius-md);
  }
  .media > mf-blur,
  .media > img {
    inline-size: 100%;
    block-size: 100%;
    border-radius: inherit;
  }
  .media > img {
    object-fit: cover;
    outline: 1px solid #ffffff14;
    outline-offset: -1px;
  }
  :host(:hover) .media > img {
    outline-color: #ffffff4d;
  }
  .is-late > img {
    animation: appear var(--mf-slow) var(--mf-out);
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  .media > mf-preview {
    position: relative;
    inset: auto;
  }
  /* Whatever is a layer for a while lies under what is on it. */
  .is-late > .origin,
  :host([preview]) .origin,
  .is-late ~ *,
  .broken .media ~ *,
  .silent .media ~ *,
  .nsfw .media ~ *,
  .nsfw .origin,
  :host([preview]) .media ~ *,
  :host([picked]) .media ~ * {
    position: relative;
  }
  .origin {
    place-self: end start;
    margin: 8px;
  }
  .marks {
    place-self: start end;
    display: flex;
    gap: 4px;
    margin: 8px;
    pointer-events: none;
  }
  .mark {
    ${glassPill}
    gap: 4px;
  }
  .pick {
    place-self: start;
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border: 8px solid transparent;
    border-radius: 50%;
    background-clip: padding-box;
    color: transparent;
  }
  .frame {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .file {
    place-self: end;
    margin: 8px;
    inline-size: 30px;
    block-size: 30px;
    border-radius: var(--mf-radius-sm);
  }
  /* Not by opacity: each one of it is a layer of its own, on each card. */
  :host(:not(:hover, :focus-within)) .file {
    background: none;
    color: transparent;
    backdrop-filter: none;
  }
  :host(:hover) .pick,
  :host(:focus-within) .pick,
  :host([picking]) .pick {
    background-color: #00000059;
    box-shadow: inset 0 0 0 2px var(--mf-on-media);
  }
  :host(:focus-within) .pick:focus-visible {
    border-radius: 50%;
    box-shadow: var(--mf-focus);
  }
  :host([picking]) .file {
    display: none;
  }
  :host([picked]) .pick {
    background-color: var(--mf-signal);
    color: var(--mf-signal-ink);
    box-shadow: none;
  }
  :host([picked]) .media {
    scale: 0.94;
    transition: scale var(--mf-base) var(--mf-out);
    box-shadow:
      0 0 0 3px var(--mf-page),
      0 0 0 6px var(--mf-signal-text);
  }
  :host([picking]) {
    user-select: none;
  }
  .media {
    -webkit-touch-callout: none;
  }
  @media (hover: none) {
    :host(:not([picking])) .pick {
      display: none;
    }
  }
  .text {
    padding: 8px 2px 0;
  }
  h3 {
    font-size: var(--mf-text-sm);
    font-weight: 500;
    text-wrap: wrap;
  }
  .text p {
    display: flex;
    gap: 5px;
    margin-block-start: 2px;
    color: var(--mf-text-3);
    font-size: var(--mf-text-xs);
    line-height: var(--mf-leading);
    white-space: nowrap;
  }
  .text p bdi {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .text p bdi:empty {
    display: none;
  }
  .text p time {
    flex: none;
  }
  .text p bdi:not(:empty) + time::before {
    content: '· ';
  }
  .stack {
    padding-block-start: 9px;
  }
  .stack .media {
    box-shadow:
      0 -11px 0 -7px var(--mf-edge, #8b8477),
      0 -15px 0 -8px color-mix(in srgb, var(--mf-edge, #8b8477) 45%, var(--mf-page));
  }
  .stack .media:focus-visible {
    box-shadow: var(--mf-focus);
  }
  .broken .media,
  .silent .media,
  .coming .media {
    position: relative;
  }
  .broken .origin,
  .silent .origin,
  .coming .origin {
    position: absolute;
    inset-block-end: 0;
    inset-inline-start: 0;
  }
  .broken .media,
  .silent .media {
    place-content: center;
    justify-items: center;
    gap: 8px;
    padding: 16px;
    text-align: center;
    color: var(--mf-text-2);
    font-size: var(--mf-text-xs);
    background: var(--mf-surface-2);
    box-shadow: inset 0 0 0 1px var(--mf-line-2);
  }
  .broken .media:focus-visible,
  .silent .media:focus-visible {
    box-shadow: var(--mf-focus);
  }
  .silent .media {
    background: #3a2417;
    color: #f0b27a;
    box-shadow: none;
  }
  .silent svg {
    inline-size: 34px;
    block-size: 34px;
  }
  .coming .media {
    align-content: end;
    gap: 8px;
    padding: 12px;
    background: linear-gradient(170deg, var(--mf-surface-3), var(--mf-surface-2));
  }
  .coming .origin {
    inset-block: 0 auto;
  }
  .coming .how {
    display: grid;
    gap: 8px;
    font-size: var(--mf-text-xs);
  }
`;
