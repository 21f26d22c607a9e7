import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/base.ts';
import { icon } from './icons.ts';
import type { IconName } from './icons.ts';

/**
 * What a place says when there is nothing in it.
 * @slot - buttons under the words
 */
@customElement('mf-empty')
export class MfEmpty extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        justify-items: center;
        gap: var(--mf-3);
        padding: var(--mf-12) var(--mf-4);
        text-align: center;
        max-inline-size: 520px;
        margin-inline: auto;
      }
      h2 {
        font-size: var(--mf-text-xl);
      }
      p {
        color: var(--mf-text-2);
        max-inline-size: 44ch;
        text-wrap: pretty;
      }
      .ic {
        color: var(--mf-text-2);
      }
      .bars {
        display: flex;
        gap: 8px;
        align-items: flex-start;
        block-size: 150px;
        margin-block-end: var(--mf-4);
      }
      .bars i {
        inline-size: 34px;
        block-size: 58px;
        border-radius: 17px;
        background: var(--mf-surface-3);
      }
      .bars i:nth-child(2),
      .bars i:nth-child(4) {
        block-size: 100px;
      }
      .bars i:nth-child(3) {
        block-size: 150px;
        background: var(--mf-surface-4);
      }
      .bars.live i:nth-child(3) {
        background: var(--mf-signal);
      }
    `,
  ];

  @property() heading = '';
  @property() text = '';
  @property() icon: IconName | '' = '';
  /** The five bars in place of an icon. */
  @property() bars: 'live' | 'still' | '' = '';

  protected override render() {
    return html`${
        this.bars
          ? html`<div class="bars ${this.bars}" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i></div>`
          : this.icon
            ? icon(this.icon, 'lg')
            : nothing
      }
      <h2>${this.heading}</h2>
      ${this.text ? html`<p>${this.text}</p>` : nothing}
      <slot></slot>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-empty': MfEmpty;
  }
}
