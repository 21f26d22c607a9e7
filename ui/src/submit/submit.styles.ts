import { css } from 'lit';

export const submitStyles = css`
  .pastebox {
    position: sticky;
    inset-block-start: 0;
    z-index: 1;
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 14px 16px;
    border-block-end: 1px solid var(--mf-line-1);
    background: var(--mf-surface-1);
    color: var(--mf-text-2);
  }
  .pastebox input {
    flex: 1;
    min-inline-size: 0;
    padding: 4px 0;
    border: 0;
    background: none;
    color: var(--mf-text-1);
    font-size: var(--mf-text-lg);
    outline: none;
    box-shadow: none;
  }
  .pastebox input::placeholder {
    color: var(--mf-text-3);
    opacity: 1;
  }
  .pastebox:has(> input:focus-visible) {
    box-shadow: inset 0 -2px var(--mf-signal);
  }
  .pastebox:focus-within > .ic {
    color: var(--mf-signal-text);
  }
  li + li {
    border-block-start: 1px solid var(--mf-line-1);
  }
  .takes {
    display: grid;
    gap: 12px;
    padding: 16px 20px 22px;
  }
  .takes ul {
    display: grid;
    gap: 10px;
  }
  .takes li {
    border: 0;
  }
  .takes .pfb {
    inline-size: 26px;
    block-size: 26px;
    border-radius: 7px;
  }
  .problem {
    padding: 10px 20px;
    color: var(--mf-danger);
    font-size: var(--mf-text-sm);
  }
  .foot {
    position: sticky;
    inset-block-end: 0;
    display: flex;
    align-items: center;
    flex-wrap: wrap;
    gap: var(--mf-3);
    padding: 14px 18px;
    border-block-start: 1px solid var(--mf-line-1);
    background: var(--mf-surface-2);
  }
  @media (max-width: 699px) {
    .foot {
      padding: 12px 16px calc(14px + env(safe-area-inset-bottom));
    }
    .foot .end {
      flex: 1 1 100%;
    }
    .foot .end .btn {
      flex: 1;
      block-size: 50px;
    }
  }
`;
