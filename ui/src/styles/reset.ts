import { css } from 'lit';

/** What every shadow root starts from. */
export const reset = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host([hidden]),
  [hidden] {
    display: none !important;
  }
  h1,
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1,
  h2,
  h3 {
    font-weight: var(--mf-weight-strong);
    line-height: var(--mf-leading-snug);
    text-wrap: balance;
  }
  h1:focus {
    outline: none;
  }
  img,
  svg,
  canvas {
    display: block;
    max-inline-size: 100%;
  }
  a {
    color: inherit;
    text-decoration: none;
  }
  button,
  input {
    font: inherit;
    color: inherit;
  }
  input {
    text-overflow: ellipsis;
  }
  button {
    background: none;
    border: 0;
    padding: 0;
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid transparent;
    box-shadow: var(--mf-focus);
    border-radius: var(--mf-radius-sm);
  }
  ::selection {
    background: var(--mf-signal);
    color: var(--mf-signal-ink);
  }
  @media (prefers-reduced-motion: reduce) {
    *,
    *::before,
    *::after {
      animation-duration: 0.01ms !important;
      animation-iteration-count: 1 !important;
      transition-duration: 0.01ms !important;
    }
  }
`;
