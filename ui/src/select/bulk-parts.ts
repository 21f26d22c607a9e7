import { html } from 'lit';
import { icon } from '../elements/icons.ts';
import type { IconName } from '../elements/icons.ts';

/** A button of the bar; on narrow screens its word is left out. @param kind - a further class */
export const renderTool = (symbol: IconName, label: string, run: () => void, kind = '') =>
  html`<button class="btn tool ${kind}" aria-label=${label} title=${label} @click=${run}>
    ${icon(symbol, 'sm')}<span class="word clip">${label}</span>
  </button>`;

/** An item of the bar's menu. */
export const renderItem = (symbol: IconName, label: string, run: () => void) =>
  html`<button class="item" role="menuitem" @click=${run}>
    ${icon(symbol, 'sm')}<span class="clip">${label}</span>
  </button>`;
