import { css } from 'lit';

export const detailsStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    gap: 18px;
    padding: 20px;
  }
  .av {
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 42px;
    block-size: 42px;
    border-radius: 50%;
    background: var(--mf-surface-3);
  }
  h1 {
    font-size: var(--mf-text-lg);
    overflow-wrap: anywhere;
  }
  mf-caption:not(.alone) {
    margin-block-start: -10px;
  }
  h2 {
    margin-block-end: 9px;
    color: var(--mf-text-3);
    font-size: var(--mf-text-xs);
    font-weight: var(--mf-weight-mid);
  }
  dl {
    display: grid;
    gap: 5px;
    font-size: var(--mf-text-sm);
  }
  dl div {
    display: grid;
    grid-template-columns: 76px minmax(0, 1fr);
    align-items: center;
  }
  dt {
    color: var(--mf-text-3);
  }
  .icb.s {
    inline-size: 26px;
    block-size: 26px;
  }
  .do {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: auto;
  }
  .do .btn {
    flex: 1 1 100%;
    block-size: 40px;
  }
  .keys {
    display: flex;
    flex-wrap: wrap;
    gap: 6px 12px;
  }
  .keys .kbd {
    margin-inline-end: 4px;
  }
`;
