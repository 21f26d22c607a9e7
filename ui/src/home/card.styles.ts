import { css } from 'lit';
import { glassPill } from '../styles/glass-pill.ts';

export const cardStyles = css`
  :host {
    display: block;
    position: relative;
    contain: layout style;
    padding-block-end: 6px;
  }
  .media {
    position: relative;
    display: block;
    aspect-ratio: var(--r, 1);
    border-radius: var(--mf-radius-md);
    background: var(--mf-surface-3) 0 0 / 100% 100%;
    isolation: isolate;
    color: var(--mf-text-1);
  }
  .media:focus-visible {
    border-radius: var(--mf-radius-md);
  }
  .media > mf-blur,
  .media > img {
    position: absolute;
    inset: 0;
    inline-size: 100%;
    block-size: 100%;
    border-radius: inherit;
  }
  .media > img {
    object-fit: cover;
  }
  .media > img.is-late {
    animation: appear var(--mf-slow) var(--mf-out);
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  .media::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: inherit;
    box-shadow: inset 0 0 0 1px #ffffff14;
    pointer-events: none;
    transition: box-shadow var(--mf-quick);
  }
  :host(:hover) .media::after {
    box-shadow: inset 0 0 0 1px #ffffff4d;
  }
  mf-origin {
    position: absolute;
    inset-block-end: 8px;
    inset-inline-start: 8px;
    z-index: 2;
  }
  .marks {
    position: absolute;
    inset-block-start: 8px;
    inset-inline-end: 8px;
    z-index: 2;
    display: flex;
    gap: 4px;
    pointer-events: none;
  }
  .mark {
    ${glassPill}
    gap: 4px;
  }
  .pick {
    position: absolute;
    z-index: 3;
    inset-block-start: 8px;
    inset-inline-start: 8px;
    display: grid;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    border-radius: 50%;
    color: transparent;
  }
  .pick::before {
    content: '';
    position: absolute;
    inset: -8px;
  }
  .frame {
    position: relative;
  }
  .file {
    position: absolute;
    z-index: 3;
    inset-block-end: 8px;
    inset-inline-end: 8px;
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
    background: #00000059;
    box-shadow: inset 0 0 0 2px var(--mf-on-media);
    transition: background var(--mf-quick);
  }
  :host(:focus-within) .pick:focus-visible {
    border-radius: 50%;
    box-shadow: var(--mf-focus);
  }
  :host([picking]) .file {
    display: none;
  }
  :host([picked]) .pick {
    background: var(--mf-signal);
    color: var(--mf-signal-ink);
    box-shadow: none;
  }
  :host([picked]) .media {
    scale: 0.94;
    transition: scale var(--mf-base) var(--mf-out);
  }
  :host([picked]) .media::after {
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
  .text p time {
    flex: none;
  }
  .text p bdi:not(:empty) + time::before {
    content: '· ';
  }
  .stack {
    padding-block-start: 9px;
  }
  .stack .media::before {
    content: '';
    position: absolute;
    z-index: -1;
    inset: -4px 7px auto;
    block-size: 24px;
    border-radius: 9px 9px 0 0;
    background: var(--mf-edge, #8b8477);
    box-shadow: 0 -4px 0 -1px color-mix(in srgb, var(--mf-edge, #8b8477) 45%, var(--mf-page));
  }
  .broken .media,
  .silent .media {
    display: grid;
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
    display: grid;
    align-content: end;
    gap: 8px;
    padding: 12px;
    background: linear-gradient(170deg, var(--mf-surface-3), var(--mf-surface-2));
  }
  .coming mf-origin {
    inset-block: 8px auto;
  }
  .coming .how {
    display: grid;
    gap: 8px;
    font-size: var(--mf-text-xs);
  }
`;
