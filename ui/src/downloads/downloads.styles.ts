import { css } from 'lit';

export const downloadsStyles = css`
  :host {
    display: block;
    padding-inline: var(--mf-gutter);
  }
  .head {
    display: flex;
    align-items: flex-end;
    gap: var(--mf-4);
    flex-wrap: wrap;
    padding-block: var(--mf-3) var(--mf-5);
  }
  h1 {
    font-size: var(--mf-text-2xl);
    letter-spacing: var(--mf-tracking-display);
    line-height: var(--mf-leading-tight);
  }
  .head p {
    margin-block-start: 4px;
    color: var(--mf-text-2);
  }
  .flow {
    display: grid;
    line-height: 1.25;
    text-align: end;
  }
  .flow b {
    font-size: var(--mf-text-lg);
  }
  .sec {
    display: flex;
    align-items: center;
    gap: 8px;
    margin: var(--mf-8) 0 var(--mf-2);
    font-size: var(--mf-text-md);
  }
  .sec:first-child {
    margin-block-start: 0;
  }
  .sec .n {
    color: var(--mf-text-3);
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  .jobs {
    border-radius: var(--mf-radius-lg);
    background: var(--mf-surface-1);
    box-shadow: var(--mf-lift-1);
    overflow: hidden;
  }
  li + li {
    border-block-start: 1px solid var(--mf-line-1);
  }
  li.picking {
    display: grid;
    grid-template-columns: 44px minmax(0, 1fr);
    align-items: center;
  }
  .pick {
    display: grid;
    place-items: center;
    align-self: stretch;
    min-block-size: 44px;
    cursor: pointer;
  }
  .picking > :only-child {
    grid-column: 1 / -1;
  }
  .note {
    margin-block-end: var(--mf-6);
  }
  .tail {
    display: grid;
    justify-items: center;
    padding: var(--mf-6);
  }
  @media (max-width: 699px) {
    .head {
      padding-block: var(--mf-2) var(--mf-4);
    }
    .seg {
      inline-size: 100%;
    }
    .seg > * {
      flex: 1;
      justify-content: center;
    }
  }
`;
