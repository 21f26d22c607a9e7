import { css } from 'lit';

/** Declarations of a small pill of glass on a picture. */
export const glassPill = css`
  display: inline-flex;
  align-items: center;
  block-size: 24px;
  padding-inline: 6px;
  border-radius: var(--mf-radius-sm);
  background: var(--mf-glass);
  color: var(--mf-on-media);
  font-size: var(--mf-text-2xs);
  font-weight: var(--mf-weight-strong);
`;
