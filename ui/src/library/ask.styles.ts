import { css } from 'lit';

/** A question in a dialog: words, a field perhaps, and the answers at its foot. */
export const askStyles = css`
  .dlg {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 14px;
    align-content: start;
    padding: 22px;
  }
  h2 {
    overflow-wrap: anywhere;
    font-size: var(--mf-text-xl);
  }
  .foot {
    position: sticky;
    inset-block-end: 0;
    display: flex;
    justify-content: flex-end;
    gap: var(--mf-2);
    padding: 14px 18px calc(14px + env(safe-area-inset-bottom));
    border-block-start: 1px solid var(--mf-line-1);
    background: var(--mf-surface-2);
  }
  fieldset {
    display: grid;
    gap: 4px;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0 0 6px;
    font-size: var(--mf-text-sm);
    font-weight: var(--mf-weight-mid);
  }
  .choice {
    display: flex;
    align-items: flex-start;
    gap: 10px;
    min-block-size: 40px;
    padding: 9px 10px;
    border-radius: var(--mf-radius-md);
    font-size: var(--mf-text-sm);
    cursor: pointer;
  }
  .choice:hover,
  .choice:has(:checked) {
    background: var(--mf-surface-3);
  }
  .choice input {
    flex: none;
    inline-size: 18px;
    block-size: 18px;
    margin: 1px 0 0;
    accent-color: var(--mf-text-1);
  }
  .choice small {
    display: block;
    color: var(--mf-text-3);
    font-size: var(--mf-text-xs);
  }
  @media (max-width: 699px) {
    .foot .btn {
      flex: 1;
      block-size: 50px;
    }
  }
`;
