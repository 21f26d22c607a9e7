import { css } from 'lit';

export const scrubberStyles = css`
  :host {
    display: block;
    position: sticky;
    inset-block-start: calc(var(--mf-topbar) + env(safe-area-inset-top) + 24px);
    block-size: calc(100dvh - var(--mf-topbar) - env(safe-area-inset-top) - 108px);
    inline-size: 64px;
    touch-action: none;
    user-select: none;
  }
  .rail {
    position: relative;
    block-size: 100%;
    cursor: ns-resize;
    outline: none;
  }
  .tick {
    position: absolute;
    inset-inline-end: 14px;
    inset-block-start: calc(var(--at) * 100%);
    display: flex;
    align-items: center;
    gap: 6px;
    block-size: 0;
    color: var(--mf-text-3);
    font-size: var(--mf-text-2xs);
    white-space: nowrap;
    pointer-events: none;
  }
  .tick::after {
    content: '';
    inline-size: 8px;
    block-size: 1px;
    background: var(--mf-line-2);
  }
  .tick:not(.named)::after {
    inline-size: 4px;
  }
  .here {
    position: absolute;
    inset-inline-end: 10px;
    inset-block-start: calc(var(--at) * 100%);
    translate: 0 -50%;
    padding: 4px 9px;
    border-radius: var(--mf-radius-xs);
    background: var(--mf-surface-3);
    color: var(--mf-text-1);
    font-size: var(--mf-text-2xs);
    font-weight: var(--mf-weight-strong);
    white-space: nowrap;
    pointer-events: none;
  }
  .here.goal {
    background: var(--mf-signal);
    color: var(--mf-signal-ink);
  }
  .rail:focus-visible .here {
    box-shadow: var(--mf-focus);
  }
`;
