import { css } from 'lit';

export const entryStyles = css`
  .logo {
    display: inline-flex;
    align-items: center;
    gap: 10px;
    font-weight: var(--mf-weight-strong);
    letter-spacing: -0.01em;
  }
  .strength {
    display: inline-flex;
    gap: 3px;
  }
  .strength i {
    inline-size: 22px;
    block-size: 4px;
    border-radius: 2px;
    background: var(--mf-surface-4);
  }
  .strength .on {
    background: var(--mf-ok);
  }
`;
