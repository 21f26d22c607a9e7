import { css } from 'lit';

/** The dark roles of tokens.css for what is dark in every theme; a test keeps the two the same. */
export const dark = css`
  :host {
    color-scheme: dark;
    --mf-page: #0c0c0b;
    --mf-surface-1: #121211;
    --mf-surface-2: #1a1a18;
    --mf-surface-3: #242421;
    --mf-surface-4: #31312d;
    --mf-line-1: #232320;
    --mf-line-2: #3a3a35;
    --mf-control: #7d7b72;
    --mf-text-1: #f5f4ef;
    --mf-text-2: #bcbab1;
    --mf-text-3: #9c9a90;
    --mf-text-inverse: #141412;
    --mf-signal: #d3f26a;
    --mf-signal-hover: #e0f98a;
    --mf-signal-press: #bcdc4d;
    --mf-signal-text: #d3f26a;
    --mf-signal-ink: #171b06;
    --mf-signal-tint: #d3f26a1f;
    --mf-signal-line: #d3f26a66;
    --mf-ok: #63d4a4;
    --mf-ok-tint: #63d4a41a;
    --mf-warn: #f3bd55;
    --mf-warn-tint: #f3bd551a;
    --mf-danger: #ff8372;
    --mf-danger-tint: #ff83721a;
    --mf-danger-fill: #c33a2a;
    --mf-info: #8fbcff;
    --mf-info-tint: #8fbcff1a;
    --mf-instagram: #ff6ba6;
    --mf-tiktok: #4fe0dc;
    --mf-reddit: #ff8552;
    --mf-x: #e9e7e0;
    --mf-youtube: #ff736a;
    --mf-kind-video: #d3f26a;
    --mf-kind-image: #8fbcff;
    --mf-kind-audio: #f3bd55;
    --mf-kind-other: #7d7b72;
    --mf-lift-2: 0 0 0 1px var(--mf-line-2), 0 8px 24px -8px #000000a6;
    --mf-lift-3: 0 0 0 1px var(--mf-line-2), 0 32px 80px -16px #000000d9, 0 8px 24px #00000080;
    --mf-lift-1: 0 0 0 1px var(--mf-line-1);
    --mf-focus: 0 0 0 2px var(--mf-page), 0 0 0 4px var(--mf-signal-text);
    color: var(--mf-text-1);
  }
`;
