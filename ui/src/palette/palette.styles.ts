import { css } from 'lit';

export const paletteStyles = css`
  .box {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    block-size: min(520px, 76dvh);
  }
  .field {
    display: flex;
    align-items: center;
    gap: 12px;
    block-size: 58px;
    padding-inline: 20px;
    border-block-end: 1px solid var(--mf-line-1);
    color: var(--mf-text-3);
  }
  input {
    flex: 1;
    min-inline-size: 0;
    block-size: 100%;
    padding: 0;
    border: 0;
    background: none;
    outline: none;
    color: var(--mf-text-1);
    font-size: var(--mf-text-lg);
  }
  input:focus-visible {
    box-shadow: none;
  }
  input::placeholder {
    color: var(--mf-text-3);
    opacity: 1;
  }
  .list {
    padding: 8px;
    overflow: auto;
    overscroll-behavior: contain;
  }
  .group {
    padding: 10px 12px 4px;
    color: var(--mf-text-3);
    font-size: var(--mf-text-xs);
    font-weight: var(--mf-weight-mid);
  }
  [role='option'] {
    display: flex;
    align-items: center;
    gap: 12px;
    min-block-size: 40px;
    padding-inline: 12px;
    border-radius: var(--mf-radius-sm);
    font-size: var(--mf-text-sm);
    cursor: default;
  }
  [role='option'] .ic {
    color: var(--mf-text-2);
  }
  [role='option'][aria-selected='true'] {
    background: var(--mf-surface-4);
    box-shadow: inset 2px 0 0 var(--mf-signal-text);
  }
  :host(:dir(rtl)) [role='option'][aria-selected='true'] {
    box-shadow: inset -2px 0 0 var(--mf-signal-text);
  }
  .hint {
    margin-inline-start: auto;
    max-inline-size: 45%;
    color: var(--mf-text-3);
    font-size: var(--mf-text-xs);
  }
  .none {
    padding: 20px 12px;
    color: var(--mf-text-3);
  }
  @media (forced-colors: active) {
    [role='option'][aria-selected='true'] {
      outline: 2px solid Highlight;
    }
  }
  @media (max-width: 699px) {
    [role='option'] {
      min-block-size: 46px;
    }
  }
`;
