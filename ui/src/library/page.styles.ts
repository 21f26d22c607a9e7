import { css } from 'lit';

/** A page's head: the way to it, its name, what is in it, what can be done. */
export const pageStyles = css`
  :host {
    display: block;
  }
  .page {
    padding-inline: var(--mf-gutter);
  }
  .crumbs {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 2px 6px;
    padding-block-start: 8px;
    color: var(--mf-text-3);
    font-size: var(--mf-text-sm);
  }
  .crumbs a {
    max-inline-size: 100%;
    line-height: 24px;
  }
  .crumbs a:hover,
  .crumbs [aria-current] {
    color: var(--mf-text-1);
  }
  :host(:dir(rtl)) .crumbs .ic {
    rotate: 180deg;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    gap: var(--mf-2) var(--mf-4);
    padding-block: 2px var(--mf-4);
  }
  .head > div:first-child {
    flex: 1 1 220px;
    min-inline-size: 0;
  }
  .head h1 {
    text-align: left;
    overflow-wrap: anywhere;
    font-size: var(--mf-text-2xl);
    line-height: var(--mf-leading-tight);
    letter-spacing: var(--mf-tracking-display);
  }
  :host(:dir(rtl)) .head h1 {
    text-align: right;
  }
  .head p {
    margin-block-start: 4px;
    color: var(--mf-text-2);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 6px;
    margin-inline-start: auto;
  }
  .icb[aria-pressed='true'] {
    color: var(--mf-text-1);
  }
`;
