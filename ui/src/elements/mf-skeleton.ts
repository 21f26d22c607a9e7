import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { reset } from '../styles/reset.ts';

const RATIOS = [178, 100, 178, 125, 100, 178, 133, 125, 178, 100, 160, 125];

/** What a place looks like before its content is there. Shows only after a moment, so that fast answers do not flicker. */
@customElement('mf-skeleton')
export class MfSkeleton extends LitElement {
  static override styles = [
    reset,
    css`
      :host {
        display: block;
        animation: appear 1ms 150ms both;
      }
      @keyframes appear {
        from {
          opacity: 0;
        }
      }
      .wall {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(var(--mf-wall-col), 1fr));
        gap: var(--mf-wall-gap);
        align-items: start;
        padding-inline: var(--mf-gutter);
      }
      .rows {
        border-radius: var(--mf-radius-lg);
        background: var(--mf-surface-1);
        box-shadow: var(--mf-lift-1);
      }
      .line {
        display: grid;
        grid-template-columns: 46px 1fr 1.15fr;
        gap: 18px;
        align-items: center;
        padding: 12px 14px;
      }
      .line + .line {
        border-block-start: 1px solid var(--mf-line-1);
      }
      .skel {
        border-radius: var(--mf-radius-md);
        background: linear-gradient(100deg, var(--mf-surface-2) 35%, var(--mf-surface-3) 50%, var(--mf-surface-2) 65%) 0
          0 / 300% 100%;
        animation: shimmer 1.6s linear infinite;
      }
      .bar {
        block-size: 12px;
        border-radius: var(--mf-radius-xs);
      }
      .card .bar {
        margin: 10px 20% 0 0;
      }
      .card .bar + .bar {
        margin: 7px 50% 0 0;
      }
      @keyframes shimmer {
        from {
          background-position: 120% 0;
        }
        to {
          background-position: -20% 0;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .skel {
          animation: none;
          background: var(--mf-surface-2);
        }
      }
    `,
  ];

  @property() shape: 'wall' | 'rows' = 'wall';
  @property() label = '';

  protected override render() {
    return html`<div class=${this.shape} role="status" aria-label=${this.label}>
      ${
        this.shape === 'wall'
          ? RATIOS.map(
              (ratio) =>
                html`<div class="card" aria-hidden="true">
                  <div class="skel" style=${styleMap({ aspectRatio: `100 / ${ratio}` })}></div>
                  <div class="skel bar"></div>
                  <div class="skel bar"></div>
                </div>`,
            )
          : [1, 2, 3].map(
              () =>
                html`<div class="line" aria-hidden="true">
                  <div class="skel" style="aspect-ratio: 3 / 4"></div>
                  <div class="skel bar"></div>
                  <div class="skel bar"></div>
                </div>`,
            )
      }
    </div>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-skeleton': MfSkeleton;
  }
}
