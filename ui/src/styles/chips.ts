import { css } from 'lit';

export const chips = css`
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 7px;
    flex: none;
    block-size: 34px;
    padding-inline: 13px;
    border-radius: var(--mf-radius-full);
    background: var(--mf-surface-2);
    color: var(--mf-text-2);
    font-size: var(--mf-text-sm);
    font-weight: var(--mf-weight-mid);
    white-space: nowrap;
    transition:
      background var(--mf-quick),
      color var(--mf-quick);
  }
  .chip:focus-visible {
    border-radius: var(--mf-radius-full);
  }
  .chip:hover {
    background: var(--mf-surface-3);
    color: var(--mf-text-1);
  }
  .chip[aria-pressed='true'] {
    background: var(--mf-text-1);
    color: var(--mf-text-inverse);
  }
  .chip.glyph {
    inline-size: 34px;
    padding: 0;
    justify-content: center;
  }
  .chip.glyph[aria-pressed='true'] {
    background: var(--mf-surface-4);
    box-shadow: inset 0 0 0 1.5px var(--mf-text-1);
  }
  .chip.glyph[aria-pressed='true']:focus-visible {
    box-shadow: var(--mf-focus);
  }
  @media (max-width: 699px) {
    :where(.chip) {
      position: relative;
    }
    .chip {
      block-size: 36px;
    }
    .chip.glyph {
      inline-size: 40px;
    }
    /* A finger needs more than the eye. */
    .chip::before {
      content: '';
      position: absolute;
      inset: -4px 0;
    }
    .chip.glyph::before {
      inset: -4px -2px;
    }
  }
`;
