import { css } from 'lit';

export const treeStyles = css`
  :host {
    display: block;
  }
  li {
    outline: none;
  }
  .node {
    position: relative;
    display: flex;
    align-items: center;
    gap: 8px;
    block-size: 36px;
    padding-inline: calc(4px + (var(--d) - 1) * 18px) 10px;
    border-radius: var(--mf-radius-sm);
    color: var(--mf-text-2);
    font-size: var(--mf-text-sm);
  }
  .node:hover {
    background: var(--mf-surface-2);
    color: var(--mf-text-1);
  }
  .node > a {
    display: flex;
    flex: 1;
    align-items: center;
    gap: 8px;
    min-inline-size: 0;
    block-size: 100%;
  }
  .node > a::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: inherit;
  }
  .node .ic {
    color: var(--mf-text-3);
  }
  li[aria-selected='true'] > .node {
    background: var(--mf-surface-4);
    color: var(--mf-text-1);
    font-weight: var(--mf-weight-mid);
  }
  li[aria-selected='true'] .t3 {
    color: var(--mf-text-2);
  }
  li:focus-visible > .node {
    box-shadow: inset 0 0 0 2px var(--mf-signal-text);
  }
  .fold {
    position: relative;
    z-index: 1;
    display: grid;
    place-items: center;
    flex: none;
    inline-size: 24px;
    block-size: 24px;
    margin-inline-end: -6px;
    border-radius: var(--mf-radius-xs);
  }
  .fold .ic {
    transition: rotate var(--mf-quick);
  }
  .fold.open .ic {
    rotate: 90deg;
  }
  :host(:dir(rtl)) .fold:not(.open) .ic {
    rotate: 180deg;
  }
  .gap {
    flex: none;
    inline-size: 18px;
  }
  .node mf-menu {
    position: relative;
    z-index: 1;
    margin-inline-end: -6px;
  }
  .node mf-menu .icb {
    inline-size: 28px;
    block-size: 28px;
  }
  .into > .node,
  [data-drop-over] > .node {
    background: var(--mf-signal-tint);
    box-shadow: inset 0 0 0 1.5px var(--mf-signal-line);
  }
  .before > .node::before {
    content: '';
    position: absolute;
    inset-inline: calc(8px + (var(--d) - 1) * 18px) 8px;
    inset-block-start: -1px;
    block-size: 2px;
    border-radius: 1px;
    background: var(--mf-signal-text);
  }
  h2 {
    margin: 22px 8px 8px;
    color: var(--mf-text-3);
    font-size: var(--mf-text-xs);
    font-weight: var(--mf-weight-mid);
  }
  @media (max-width: 699px) {
    .node {
      block-size: 48px;
      font-size: var(--mf-text-md);
    }
    .fold {
      inline-size: 36px;
      block-size: 44px;
      margin-inline: -6px -12px;
    }
    .node mf-menu .icb {
      inline-size: 44px;
      block-size: 44px;
    }
  }
`;
