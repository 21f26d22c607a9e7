import { css } from 'lit';

export const jobStyles = css`
  :host {
    display: block;
    container-type: inline-size;
  }
  .job {
    display: grid;
    grid-template-columns: 46px minmax(0, 1fr) minmax(0, 1.15fr) auto;
    gap: 4px 18px;
    align-items: center;
    padding: 12px 14px;
  }
  :host([leaving]) .job {
    opacity: 0.5;
  }
  .who .title {
    font-size: var(--mf-text-md);
    font-weight: var(--mf-weight-mid);
  }
  .who .by {
    margin-block-start: 2px;
    color: var(--mf-text-3);
    font-size: var(--mf-text-xs);
  }
  .bar {
    block-size: 5px;
    border-radius: 3px;
    background: var(--mf-surface-4);
    overflow: hidden;
  }
  .bar::after {
    content: '';
    display: block;
    block-size: 100%;
    inline-size: var(--pct);
    border-radius: 3px;
    background: var(--mf-signal-text);
    transition: inline-size var(--mf-base) linear;
  }
  .bar.still::after {
    background: var(--mf-text-3);
  }
  .line {
    margin-block-start: 7px;
    color: var(--mf-text-2);
    font-size: var(--mf-text-xs);
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }
  .line b {
    font-weight: var(--mf-weight-mid);
  }
  .plain b {
    color: var(--mf-text-1);
  }
  .acts {
    display: flex;
    align-items: center;
    gap: 2px;
    justify-content: flex-end;
    min-inline-size: 84px;
  }
  .blank {
    display: grid;
    place-items: center;
  }
  .failed {
    grid-template-columns: 46px minmax(0, 1fr) minmax(0, 1.15fr) 216px;
    background: linear-gradient(90deg, var(--mf-danger-tint), transparent 60%);
  }
  :host(:dir(rtl)) .failed {
    background: linear-gradient(-90deg, var(--mf-danger-tint), transparent 60%);
  }
  .failed .line {
    margin: 0;
    color: var(--mf-text-1);
    font-size: var(--mf-text-sm);
  }
  .done {
    grid-template-columns: 40px minmax(0, 1fr) auto 60px 84px;
    padding-block: 8px;
  }
  .done .thumb {
    inline-size: 40px;
  }
  .done .title {
    font-weight: var(--mf-weight);
  }
  .done .line {
    margin: 0;
    color: var(--mf-text-3);
  }
  .when {
    color: var(--mf-text-3);
    font-size: var(--mf-text-xs);
    text-align: end;
    white-space: nowrap;
  }
  .more {
    grid-column: 2 / -1;
    margin-block-start: 10px;
    padding: 12px 14px;
    border-radius: var(--mf-radius-md);
    background: var(--mf-surface-2);
  }
  .more dl {
    display: grid;
    gap: 3px;
    font-size: var(--mf-text-xs);
  }
  .more dl div {
    display: flex;
    gap: 10px;
  }
  .more dt {
    flex: none;
    inline-size: 84px;
    color: var(--mf-text-3);
  }
  .more dd {
    overflow-wrap: anywhere;
  }
  @container (max-width: 699px) {
    .job {
      grid-template-columns: 46px minmax(0, 1fr) auto;
      gap: 2px 12px;
      padding: 12px 6px 12px 12px;
    }
    .thumb {
      grid-row: 1 / 3;
      align-self: start;
    }
    .who {
      align-self: end;
    }
    .how {
      grid-column: 2 / 3;
      grid-row: 2;
    }
    .acts {
      grid-column: 3;
      grid-row: 1 / 3;
      min-inline-size: 0;
    }
    .acts .cancel {
      display: none;
    }
    .failed .how {
      grid-column: 2 / 4;
    }
    .failed .acts {
      grid-column: 2 / 4;
      grid-row: 3;
      justify-content: flex-start;
      margin-block-start: 8px;
    }
    .done .acts {
      grid-row: 1 / 3;
    }
    .when {
      display: none;
    }
    .more {
      grid-column: 1 / -1;
      margin-inline-end: 6px;
    }
  }
`;
