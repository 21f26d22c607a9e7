import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';

/** The logo: the five bars of a link's trip. Decorative. */
@customElement('mf-mark')
export class MfMark extends LitElement {
  static override styles = css`
    :host {
      display: inline-block;
      inline-size: 28px;
    }
    svg {
      display: block;
    }
    .live {
      fill: var(--mf-mark-live, var(--mf-signal-text));
    }
  `;

  protected override render() {
    return html`<svg viewBox="0 0 28 28" aria-hidden="true">
      <g fill="currentColor">
        <rect x="1.5" y="5" width="4" height="7" rx="2" />
        <rect x="6.75" y="5" width="4" height="12" rx="2" />
        <rect x="17.25" y="5" width="4" height="12" rx="2" />
        <rect x="22.5" y="5" width="4" height="7" rx="2" />
      </g>
      <rect class="live" x="12" y="5" width="4" height="18" rx="2" />
    </svg>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-mark': MfMark;
  }
}
