import { css } from 'lit';

export const appStyles = css`
  :host {
    display: block;
  }
  .skip {
    position: fixed;
    z-index: var(--mf-z-drop);
    inset-block-start: 8px;
    inset-inline-start: 8px;
    padding: 10px 16px;
    border-radius: var(--mf-radius-md);
    background: var(--mf-signal);
    color: var(--mf-signal-ink);
    font-weight: var(--mf-weight-strong);
    translate: 0 -200%;
  }
  .skip:focus {
    translate: 0 0;
  }
  .shell {
    display: grid;
    grid-template-columns: var(--mf-rail) minmax(0, 1fr);
    min-block-size: 100dvh;
    /* Nothing under a notch, on whichever side the device has it. */
    padding-left: env(safe-area-inset-left);
    padding-right: env(safe-area-inset-right);
  }
  .shell.lib {
    grid-template-columns: var(--mf-rail) 272px minmax(0, 1fr);
  }
  .side {
    position: sticky;
    inset-block-start: 0;
    block-size: 100dvh;
    padding: calc(16px + env(safe-area-inset-top)) 12px 24px;
    overflow: auto;
    overscroll-behavior: contain;
    border-inline-end: 1px solid var(--mf-line-1);
    background: var(--mf-surface-1);
  }
  main {
    min-inline-size: 0;
    padding-block-end: var(--mf-16);
    outline: none;
  }
  .bar {
    position: sticky;
    inset-block-start: 0;
    z-index: var(--mf-z-sticky);
    display: flex;
    align-items: center;
    gap: var(--mf-3);
    block-size: calc(var(--mf-topbar) + env(safe-area-inset-top));
    padding: env(safe-area-inset-top) var(--mf-gutter) 0;
    background: color-mix(in srgb, var(--mf-page) 88%, transparent);
    backdrop-filter: blur(18px) saturate(1.4);
  }
  .bar > .icb:dir(rtl) {
    scale: -1 1;
  }
  mf-viewer:focus-visible {
    box-shadow: none;
    border-radius: 0;
  }
  .splash {
    display: grid;
    place-content: center;
    justify-items: center;
    gap: var(--mf-4);
    min-block-size: 100dvh;
    color: var(--mf-text-3);
    animation: appear 1ms 400ms both;
  }
  .splash mf-mark {
    inline-size: 56px;
    color: var(--mf-text-2);
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  .drop {
    position: fixed;
    inset: 12px;
    z-index: var(--mf-z-drop);
    display: grid;
    place-items: center;
    border-radius: 24px;
    border: 2px dashed var(--mf-signal);
    background: color-mix(in srgb, var(--mf-page) 88%, transparent);
    text-align: center;
    pointer-events: none;
  }
  .drop h2 {
    margin-block: 12px 4px;
    font-size: var(--mf-text-2xl);
  }
  .drop .ic {
    inline-size: 40px;
    block-size: 40px;
    margin-inline: auto;
    color: var(--mf-signal-text);
  }
  @media (max-width: 699px) {
    .shell,
    .shell.lib {
      grid-template-columns: minmax(0, 1fr);
    }
    .side {
      display: none;
    }
    mf-rail {
      display: none;
    }
    main {
      padding-block-end: calc(var(--mf-tabbar) + 40px + env(safe-area-inset-bottom));
    }
  }
  @media (min-width: 700px) and (max-width: 1199px) {
    .shell.lib {
      grid-template-columns: var(--mf-rail) 220px minmax(0, 1fr);
    }
  }
  @media (min-width: 700px) {
    mf-tabbar {
      display: none;
    }
  }
`;
