import { css } from 'lit';

export const text = css`
  .vh {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .num {
    font-variant-numeric: tabular-nums;
  }
  .mono {
    font-family: var(--mf-font-mono);
    font-size: 0.92em;
  }
  .t2 {
    color: var(--mf-text-2);
  }
  .t3 {
    color: var(--mf-text-3);
  }
  .xs {
    font-size: var(--mf-text-xs);
  }
  .sm-t {
    font-size: var(--mf-text-sm);
  }
  .strong {
    font-weight: var(--mf-weight-mid);
  }
  .clip {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-inline-size: 0;
  }
  .clamp2 {
    display: -webkit-box;
    -webkit-line-clamp: 2;
    -webkit-box-orient: vertical;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .clip[dir='auto'],
  .clamp2[dir='auto'],
  .grow[dir='auto'] {
    text-align: left;
  }
  :host(:dir(rtl)) .clip[dir='auto'],
  :host(:dir(rtl)) .clamp2[dir='auto'],
  :host(:dir(rtl)) .grow[dir='auto'] {
    text-align: right;
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--mf-3);
    min-inline-size: 0;
  }
  .row.tight {
    gap: var(--mf-2);
  }
  .row.wrap {
    flex-wrap: wrap;
  }
  .col {
    display: flex;
    flex-direction: column;
    gap: var(--mf-3);
    min-inline-size: 0;
  }
  .grow {
    flex: 1;
    min-inline-size: 0;
  }
  .end {
    margin-inline-start: auto;
  }
  .signal {
    color: var(--mf-signal-text);
  }
  .danger {
    color: var(--mf-danger);
  }
  .warn {
    color: var(--mf-warn);
  }
  .thumb {
    flex: none;
    inline-size: 46px;
    aspect-ratio: 3/4;
    border-radius: var(--mf-radius-sm);
    object-fit: cover;
    background: var(--mf-surface-3);
  }
  .thumb.sq {
    aspect-ratio: 1;
  }
  .pfb {
    display: inline-grid;
    place-items: center;
    flex: none;
    inline-size: 36px;
    block-size: 36px;
    border-radius: var(--mf-radius-md);
    background: var(--mf-surface-3);
  }
  @media (max-width: 699px) {
    .only-desk {
      display: none !important;
    }
  }
  @media (min-width: 700px) {
    .only-phone {
      display: none !important;
    }
  }
`;
