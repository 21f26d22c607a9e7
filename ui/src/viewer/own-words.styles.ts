import { css } from 'lit';

export const ownWordsStyles = css`
  h2 {
    margin-block-end: 7px;
    color: var(--mf-text-3);
    font-size: var(--mf-text-xs);
    font-weight: var(--mf-weight-mid);
  }
  .note-text {
    margin-block-end: 8px;
    white-space: pre-line;
    overflow-wrap: anywhere;
    text-wrap: pretty;
    unicode-bidi: plaintext;
    text-align: start;
    color: var(--mf-text-2);
  }
  .add {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-block-size: 28px;
    padding-inline: 10px;
    border-radius: var(--mf-radius-full);
    box-shadow: inset 0 0 0 1px var(--mf-line-2);
    color: var(--mf-text-2);
    font-size: var(--mf-text-xs);
    font-weight: var(--mf-weight-mid);
  }
  .add:hover {
    color: var(--mf-text-1);
  }
  .add:focus-visible {
    border-radius: var(--mf-radius-full);
    box-shadow: var(--mf-focus);
  }
  form {
    display: grid;
    gap: 12px;
  }
  textarea {
    inline-size: 100%;
    padding: 10px 13px;
    border: 0;
    border-radius: var(--mf-radius-md);
    background: var(--mf-surface-2);
    box-shadow: inset 0 0 0 1px var(--mf-control);
    color: var(--mf-text-1);
    font: inherit;
    resize: vertical;
  }
  textarea:focus {
    outline: none;
    box-shadow: inset 0 0 0 2px var(--mf-signal-text);
  }
  @media (max-width: 699px) {
    .add {
      min-block-size: 40px;
    }
    textarea {
      font-size: var(--mf-text-lg);
    }
  }
`;
