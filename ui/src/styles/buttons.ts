import { css } from 'lit';

export const buttons = css`
  .btn {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 7px;
    block-size: 36px;
    padding-inline: 14px;
    border-radius: var(--mf-radius-md);
    background: var(--mf-surface-3);
    color: var(--mf-text-1);
    font-size: var(--mf-text-sm);
    font-weight: var(--mf-weight-mid);
    white-space: nowrap;
    transition:
      background var(--mf-quick),
      scale var(--mf-instant) var(--mf-out);
  }
  .btn:focus-visible,
  .icb:focus-visible {
    border-radius: var(--mf-radius-md);
  }
  .btn:hover {
    background: var(--mf-surface-4);
  }
  .btn:active {
    scale: 0.97;
  }
  .btn.main {
    background: var(--mf-signal);
    color: var(--mf-signal-ink);
    font-weight: var(--mf-weight-strong);
  }
  .btn.main:hover {
    background: var(--mf-signal-hover);
  }
  .btn.main:active {
    background: var(--mf-signal-press);
  }
  .btn.ghost {
    background: transparent;
    color: var(--mf-text-2);
  }
  .btn.ghost:hover {
    background: var(--mf-surface-3);
    color: var(--mf-text-1);
  }
  .btn.paper {
    background: var(--mf-text-1);
    color: var(--mf-text-inverse);
  }
  .btn.paper:hover {
    background: var(--mf-text-2);
  }
  .btn.bad {
    background: var(--mf-danger-fill);
    color: var(--mf-on-danger);
  }
  .btn.big {
    block-size: 46px;
    padding-inline: 22px;
    font-size: var(--mf-text-md);
  }
  .btn.small {
    block-size: 30px;
    padding-inline: 11px;
    font-size: var(--mf-text-xs);
    border-radius: var(--mf-radius-sm);
  }
  .btn.wide {
    inline-size: 100%;
  }
  .btn[disabled] {
    opacity: 0.45;
    cursor: not-allowed;
  }
  .icb {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    border-radius: var(--mf-radius-md);
    color: var(--mf-text-2);
    transition:
      background var(--mf-quick),
      color var(--mf-quick);
  }
  .icb:hover {
    background: var(--mf-surface-3);
    color: var(--mf-text-1);
  }
  .icb[aria-pressed='true'] {
    background: var(--mf-surface-4);
    color: var(--mf-text-1);
  }
  .icb.glass {
    background: var(--mf-glass);
    color: var(--mf-on-media);
    backdrop-filter: blur(10px);
  }
  .icb.line {
    inline-size: 40px;
    block-size: 40px;
    box-shadow: inset 0 0 0 1px var(--mf-line-2);
  }
  .icb.line:focus-visible {
    box-shadow: var(--mf-focus);
  }
  .seg {
    display: inline-flex;
    padding: 3px;
    gap: 2px;
    border-radius: var(--mf-radius-md);
    background: var(--mf-surface-2);
    box-shadow: inset 0 0 0 1px var(--mf-line-1);
  }
  .seg > * {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    block-size: 30px;
    padding-inline: 11px;
    border-radius: 7px;
    color: var(--mf-text-2);
    font-size: var(--mf-text-sm);
    font-weight: var(--mf-weight-mid);
    white-space: nowrap;
  }
  .seg > [aria-pressed='true'],
  .seg > [aria-current] {
    background: var(--mf-surface-4);
    color: var(--mf-text-1);
  }
  .kbd {
    display: inline-grid;
    place-items: center;
    min-inline-size: 20px;
    block-size: 20px;
    padding-inline: 5px;
    border-radius: var(--mf-radius-xs);
    background: var(--mf-surface-3);
    box-shadow: inset 0 0 0 1px var(--mf-line-2);
    color: var(--mf-text-2);
    font: 500 11px/1 var(--mf-font);
    white-space: nowrap;
  }
  @media (max-width: 699px) {
    .btn {
      block-size: 40px;
    }
    /* A finger needs more than the eye. */
    :where(.btn, .seg > *) {
      position: relative;
    }
    .btn::before,
    .seg > *::before {
      content: '';
      position: absolute;
      inset: -4px 0;
    }
    .btn.small::before {
      inset: -5px 0;
    }
    .btn.small {
      block-size: 34px;
    }
    .btn.big {
      block-size: 50px;
    }
    .icb,
    .icb.line {
      inline-size: 44px;
      block-size: 44px;
    }
    .seg > * {
      block-size: 36px;
    }
  }
`;
