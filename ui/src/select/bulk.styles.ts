import { css } from 'lit';

export const bulkStyles = css`
  .bar {
    position: fixed;
    z-index: var(--mf-z-bulk);
    inset-block-end: 20px;
    inset-inline: calc(var(--mf-rail) + 24px) 24px;
    display: flex;
    align-items: center;
    gap: 4px;
    inline-size: fit-content;
    max-inline-size: calc(100vw - var(--mf-rail) - 48px);
    margin-inline: auto;
    padding: 7px;
    border-radius: 16px;
    background: var(--mf-surface-3);
    box-shadow: var(--mf-lift-3);
    animation: rise var(--mf-base) var(--mf-out);
  }
  @keyframes rise {
    from {
      opacity: 0;
      translate: 0 12px;
    }
  }
  .n {
    padding-inline: 8px 10px;
    font-weight: var(--mf-weight-strong);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .n span {
    color: var(--mf-text-3);
    font-weight: 400;
  }
  .tool,
  .all {
    background: none;
    max-inline-size: 240px;
  }
  .all {
    color: var(--mf-signal-text);
  }
  .tool:hover,
  .bar .icb:hover {
    background: var(--mf-surface-4);
  }
  .break {
    display: none;
  }
  @media (max-width: 1199px) {
    .tool .word {
      display: none;
    }
    .tool {
      inline-size: 40px;
      padding: 0;
    }
  }
  @media (max-width: 699px) {
    .bar {
      inset-inline: 0;
      inset-block-end: 0;
      flex-wrap: wrap;
      justify-content: space-around;
      gap: 0;
      inline-size: auto;
      max-inline-size: none;
      padding: 8px 8px calc(10px + env(safe-area-inset-bottom));
      border-radius: 20px 20px 0 0;
      z-index: var(--mf-z-popover);
    }
    .n {
      flex: 1;
      padding-inline: 4px;
      font-size: var(--mf-text-sm);
    }
    .tool {
      inline-size: 46px;
      block-size: 44px;
    }
    .all {
      padding-inline: 8px;
      font-size: var(--mf-text-xs);
    }
    .break {
      display: block;
      flex-basis: 100%;
    }
  }
`;
