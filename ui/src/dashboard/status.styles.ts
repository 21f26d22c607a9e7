import { css } from 'lit';

/** The page: its verdict, and the board below. */
export const statusStyles = css`
  :host {
    display: block;
    padding: 8px var(--mf-gutter) 40px;
  }
  header {
    display: flex;
    align-items: flex-start;
    gap: 12px;
    margin-block-end: 20px;
  }
  .say {
    font-size: var(--mf-text-2xl);
    letter-spacing: var(--mf-tracking-display);
    text-wrap: balance;
  }
  .dot {
    display: inline-block;
    inline-size: 14px;
    block-size: 14px;
    margin-inline: 5px 12px;
    border-radius: 50%;
    background: var(--mf-ok);
    box-shadow: 0 0 0 5px var(--mf-ok-tint);
    vertical-align: 3px;
  }
  .dot.warn {
    border-radius: 2px;
    rotate: 45deg;
    background: var(--mf-warn);
    box-shadow: none;
  }
  .dot.bad {
    border-radius: 2px;
    background: var(--mf-danger);
    box-shadow: none;
  }
  .board {
    display: grid;
    grid-template-columns: repeat(12, minmax(0, 1fr));
    gap: 14px;
  }
  .pane {
    min-inline-size: 0;
    padding: var(--mf-5);
    border-radius: var(--mf-radius-lg);
    background: var(--mf-surface-1);
    box-shadow: var(--mf-lift-1);
  }
  .counts {
    grid-column: span 5;
    display: flex;
    flex-direction: column;
    justify-content: space-between;
    gap: 20px;
  }
  .counts .seg {
    align-self: flex-start;
  }
  .now {
    grid-column: span 4;
  }
  .store {
    grid-column: span 3;
  }
  .plats,
  .wide {
    grid-column: span 12;
  }
  .recent:not(.wide) {
    grid-column: span 7;
  }
  .behind {
    grid-column: span 5;
  }
  .trio {
    display: grid;
    grid-template-columns: repeat(3, minmax(min-content, 1fr));
  }
  .trio a {
    display: grid;
    gap: 2px;
    align-content: start;
  }
  .trio a + a {
    padding-inline-start: 18px;
    border-inline-start: 1px solid var(--mf-line-1);
  }
  .trio b {
    font-size: var(--mf-text-3xl);
    font-weight: var(--mf-weight-mid);
    letter-spacing: var(--mf-tracking-display);
    line-height: 1.05;
  }
  .trio span {
    color: var(--mf-text-2);
    font-size: var(--mf-text-sm);
  }
  @media (max-width: 1199px) {
    .counts,
    .recent:not(.wide),
    .behind {
      grid-column: span 12;
    }
    .now,
    .store {
      grid-column: span 6;
    }
  }
  @media (max-width: 699px) {
    .board {
      grid-template-columns: minmax(0, 1fr);
      gap: 12px;
    }
    .board > * {
      grid-column: auto !important;
    }
    .say .t3 {
      display: block;
    }
    .trio b {
      font-size: 2rem;
    }
    .trio a + a {
      padding-inline-start: 12px;
    }
  }
`;
