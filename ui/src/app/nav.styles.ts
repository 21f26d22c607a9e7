import { css } from 'lit';

export const navStyles = css`
  .count {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 14px;
    min-inline-size: 17px;
    padding: 0 4px;
    border-radius: var(--mf-radius-full);
    background: var(--mf-signal);
    color: var(--mf-signal-ink);
    font: 700 10px/17px var(--mf-font);
    text-align: center;
    font-variant-numeric: tabular-nums;
    box-shadow: 0 0 0 2px var(--mf-surface-1);
  }
  .count.alert {
    background: var(--mf-danger-fill);
    color: var(--mf-on-danger);
  }
`;
