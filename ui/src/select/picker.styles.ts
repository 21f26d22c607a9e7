import { css } from 'lit';

/** A list of things to tick, with a field to find or make one. */
export const pickerStyles = css`
  .picker {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1px;
    padding: 12px 10px calc(12px + env(safe-area-inset-bottom));
  }
  .input {
    margin-block-end: 6px;
    background: var(--mf-page);
  }
  .list {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 1px;
    max-block-size: min(46dvh, 380px);
    overflow: auto;
    overscroll-behavior: contain;
  }
  .item b {
    color: var(--mf-signal-text);
    font-weight: var(--mf-weight-strong);
  }
  .item small {
    display: block;
    color: var(--mf-text-3);
    font-size: var(--mf-text-xs);
  }
  .item .grow {
    overflow-wrap: anywhere;
  }
  .tick {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 20px;
    block-size: 20px;
    border-radius: 6px;
    box-shadow: inset 0 0 0 1.5px var(--mf-control);
    color: transparent;
  }
  .item .tick {
    margin-inline-start: 0;
    color: transparent;
  }
  .item .tick .ic {
    color: inherit;
  }
  .item[aria-checked='true'] > .tick {
    background: var(--mf-signal);
    box-shadow: none;
    color: var(--mf-signal-ink);
  }
  .item[aria-checked='mixed'] > .tick {
    background: var(--mf-surface-4);
    color: var(--mf-text-1);
  }
  .foot-note {
    padding: 6px 10px 0;
    text-wrap: pretty;
  }
  hr {
    inline-size: 100%;
    margin: 4px 0;
    border: 0;
    border-block-start: 1px solid var(--mf-line-2);
  }
`;
