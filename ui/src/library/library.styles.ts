import { css } from 'lit';

export const libraryStyles = css`
  .subs {
    display: flex;
    gap: 14px;
    margin-block-end: 22px;
    padding-block: 2px;
    overflow-x: auto;
    scrollbar-width: none;
    padding-inline: var(--mf-gutter);
  }
  .subs > * {
    flex: none;
    inline-size: 232px;
  }
  .new {
    display: flex;
    align-items: center;
    gap: 12px;
    padding: 8px;
    border-radius: var(--mf-radius-md);
    box-shadow: var(--mf-lift-1);
    color: var(--mf-text-2);
    font-size: var(--mf-text-sm);
    text-align: start;
  }
  .new:hover {
    background: var(--mf-surface-2);
    color: var(--mf-text-1);
  }
  .new:focus-visible {
    border-radius: var(--mf-radius-md);
    box-shadow: var(--mf-focus);
  }
  .new span {
    display: grid;
    place-items: center;
    inline-size: 58px;
    block-size: 58px;
    border-radius: var(--mf-radius-sm);
    background: var(--mf-surface-3);
  }
  .grid {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(190px, 1fr));
    gap: 16px;
    padding: 4px var(--mf-gutter) var(--mf-8);
  }
  h2 {
    padding: var(--mf-2) var(--mf-gutter);
    font-size: var(--mf-text-md);
  }
  mf-filters {
    display: block;
  }
  @media (max-width: 699px) {
    .subs > * {
      inline-size: 196px;
    }
    .grid {
      grid-template-columns: repeat(auto-fill, minmax(136px, 1fr));
      gap: 10px;
    }
  }
`;
