import { css } from 'lit';

export const viewerStyles = css`
  :host {
    position: fixed;
    inset: 0;
    z-index: var(--mf-z-viewer);
    display: grid;
    grid-template-columns: minmax(0, 1fr) 392px;
    grid-template-rows: minmax(0, 1fr);
    /* Nothing under a notch, on whichever side the device has it. */
    padding-left: env(safe-area-inset-left);
    padding-right: env(safe-area-inset-right);
    background: #000;
    overflow: hidden;
    outline: none;
    animation: open var(--mf-base) var(--mf-out);
  }
  :host([wide]) {
    grid-template-columns: minmax(0, 1fr);
  }
  @keyframes open {
    from {
      opacity: 0;
    }
  }
  .stage {
    position: relative;
    display: grid;
    grid-template-rows: calc(68px + env(safe-area-inset-top)) minmax(0, 1fr) 92px;
    grid-template-columns: minmax(0, 1fr);
    min-inline-size: 0;
    overflow: hidden;
    color: var(--mf-on-media);
    isolation: isolate;
    /* One finger is ours, two are the browser's. */
    touch-action: pinch-zoom;
  }
  .glow {
    position: absolute;
    z-index: -1;
    inset: -12%;
    inline-size: 124%;
    block-size: 124%;
    filter: blur(40px) saturate(1.3) brightness(0.34);
  }
  .top {
    position: relative;
    z-index: 2;
    display: flex;
    align-items: center;
    gap: 12px;
    padding: env(safe-area-inset-top) 16px 0;
  }
  .pos {
    color: #ffffffc7;
    font-size: var(--mf-text-sm);
  }
  .edge {
    position: absolute;
    inset-block-start: 50%;
    z-index: 2;
    inline-size: 48px;
    block-size: 48px;
    border-radius: 50%;
    translate: 0 -50%;
  }
  .edge:focus-visible {
    border-radius: 50%;
  }
  .edge.prev {
    inset-inline-start: 20px;
  }
  .edge.next {
    inset-inline-end: 20px;
  }
  :host(:dir(rtl)) .edge svg {
    scale: -1 1;
  }
  .edge[disabled] {
    display: none;
  }
  mf-stage {
    grid-row: 2;
  }
  .let-go {
    position: absolute;
    z-index: 4;
    inset-block-start: calc(76px + env(safe-area-inset-top));
    justify-self: center;
    display: flex;
    align-items: center;
    gap: 6px;
    padding: 8px 14px;
    border-radius: var(--mf-radius-full);
    background: var(--mf-glass);
    font-size: var(--mf-text-sm);
    font-weight: var(--mf-weight-strong);
    pointer-events: none;
  }
  .fs {
    position: relative;
    z-index: 2;
    grid-row: 3;
    display: grid;
    place-items: center;
    min-inline-size: 0;
  }
  aside {
    display: grid;
    min-inline-size: 0;
    padding-block-start: env(safe-area-inset-top);
    background: var(--mf-surface-1);
    border-inline-start: 1px solid var(--mf-line-1);
    overflow: auto;
  }
  .message {
    grid-column: 1 / -1;
    display: grid;
    place-content: center;
  }
  .message .icb {
    position: absolute;
    inset-block-start: calc(16px + env(safe-area-inset-top));
    inset-inline-start: 16px;
  }
  @media (max-width: 1199px) and (min-width: 700px) {
    :host(:not([wide])) {
      grid-template-columns: minmax(0, 1fr) 320px;
    }
  }
  @media (max-width: 699px) {
    :host,
    :host([wide]) {
      grid-template-columns: minmax(0, 1fr);
    }
    .stage {
      grid-template-rows: minmax(0, 1fr);
    }
    mf-stage {
      grid-row: 1;
    }
    .top {
      position: absolute;
      z-index: 3;
      inset: 0 0 auto;
      block-size: calc(64px + env(safe-area-inset-top));
      padding-inline: 10px;
    }
    .fs {
      position: absolute;
      z-index: 3;
      inset: calc(76px + env(safe-area-inset-top)) auto auto 12px;
      max-block-size: calc(100% - 340px);
      overflow: auto;
      scrollbar-width: none;
      place-items: start;
    }
    :host(:dir(rtl)) .fs {
      inset: calc(76px + env(safe-area-inset-top)) 12px auto auto;
    }
    .mcol {
      position: absolute;
      z-index: 3;
      inset-block-end: calc(132px + env(safe-area-inset-bottom));
      inset-inline-end: 8px;
      display: grid;
      gap: 12px;
      justify-items: center;
    }
    .mcol > * {
      display: grid;
      justify-items: center;
      gap: 3px;
      color: var(--mf-on-media);
      font-size: var(--mf-text-2xs);
      font-weight: var(--mf-weight-mid);
      text-shadow: 0 1px 3px #000;
    }
    .mcol .icb {
      border-radius: 50%;
    }
    .stage::after {
      content: '';
      position: absolute;
      inset: auto 0 0;
      z-index: 1;
      block-size: 260px;
      background: var(--mf-scrim-up);
      pointer-events: none;
    }
    .mcap {
      position: absolute;
      z-index: 2;
      inset-block-end: calc(116px + env(safe-area-inset-bottom));
      inset-inline: 16px 84px;
      display: grid;
      gap: 6px;
      font-size: var(--mf-text-sm);
      text-shadow: 0 1px 4px #000;
      pointer-events: none;
    }
  }
  /* A phone on its side: the picture has all the height, what one does lies over it. */
  @media (min-width: 700px) and (max-height: 500px) {
    .stage {
      grid-template-rows: minmax(0, 1fr);
    }
    mf-stage {
      grid-row: 1;
    }
    .top {
      position: absolute;
      z-index: 3;
      inset: 0 0 auto;
      block-size: 60px;
    }
    .pos {
      text-shadow: 0 1px 3px #000;
    }
    .fs {
      position: absolute;
      z-index: 3;
      inset-block: 64px;
      inset-inline-start: 16px;
      overflow: auto;
      scrollbar-width: none;
    }
    .edge.prev:has(~ .fs mf-film) {
      inset-inline-start: 76px;
    }
  }
`;
