import { css } from 'lit';

export const fields = css`
  .field {
    display: grid;
    gap: 6px;
    min-inline-size: 0;
  }
  .field > label,
  .field > .label {
    font-size: var(--mf-text-sm);
    font-weight: var(--mf-weight-mid);
  }
  .field .hint {
    color: var(--mf-text-3);
    font-size: var(--mf-text-xs);
  }
  .field .hint.bad {
    color: var(--mf-danger);
  }
  .field > .seg {
    justify-self: start;
  }
  .input {
    display: flex;
    min-inline-size: 0;
    align-items: center;
    gap: 9px;
    block-size: 44px;
    padding-inline: 13px;
    border-radius: var(--mf-radius-md);
    background: var(--mf-surface-2);
    box-shadow: inset 0 0 0 1px var(--mf-control);
  }
  .input input::-webkit-search-cancel-button {
    appearance: none;
  }
  .input input {
    flex: 1;
    min-inline-size: 0;
    block-size: 100%;
    border: 0;
    background: none;
    outline: none;
    box-shadow: none;
  }
  .input:focus-within {
    box-shadow: inset 0 0 0 2px var(--mf-signal-text);
  }
  .input.bad {
    box-shadow: inset 0 0 0 1.5px var(--mf-danger);
  }
  .input .icb {
    margin-inline-end: -8px;
  }
  .note {
    display: flex;
    align-items: flex-start;
    gap: 11px;
    padding: 12px 14px;
    border-radius: var(--mf-radius-md);
    background: var(--mf-surface-2);
    font-size: var(--mf-text-sm);
  }
  .note > .ic {
    margin-block-start: 1px;
  }
  .note.warn {
    background: var(--mf-warn-tint);
    color: inherit;
  }
  .note.warn > .ic {
    color: var(--mf-warn);
  }
  .note.bad {
    background: var(--mf-danger-tint);
  }
  .note.bad > .ic {
    color: var(--mf-danger);
  }
  @media (max-width: 699px) {
    .input input {
      font-size: var(--mf-text-lg);
    }
  }
`;
