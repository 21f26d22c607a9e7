import { css } from 'lit';

/** A pane of the board, the pill of a state, and a link at the end of a heading. */
export const paneStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    padding: var(--mf-5);
    border-radius: var(--mf-radius-lg);
    background: var(--mf-surface-1);
    box-shadow: var(--mf-lift-1);
  }
  h2 {
    margin-block-end: 14px;
    font-size: var(--mf-text-lg);
    letter-spacing: -0.01em;
  }
  h2 a {
    font-size: var(--mf-text-sm);
    font-weight: var(--mf-weight-mid);
    color: var(--mf-text-2);
  }
  @media (max-width: 699px) {
    h2 a {
      padding-block: 13px;
      margin-block: -13px;
    }
  }
  h2 a:dir(rtl) .ic {
    scale: -1 1;
  }
  .state {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: 20px;
    color: var(--mf-text-2);
    font-size: var(--mf-text-xs);
    font-weight: var(--mf-weight-mid);
  }
  .state::before {
    content: '';
    flex: none;
    inline-size: 7px;
    block-size: 7px;
    border-radius: 50%;
    background: currentColor;
  }
  .state.ok::before {
    background: var(--mf-ok);
  }
  .state.warn {
    color: var(--mf-warn);
  }
  .state.warn::before {
    border-radius: 1px;
    rotate: 45deg;
  }
  .state.bad {
    color: var(--mf-danger);
  }
  .state.bad::before {
    border-radius: 1px;
  }
  .state.off::before {
    background: none;
    box-shadow: inset 0 0 0 1.5px currentColor;
  }
`;
