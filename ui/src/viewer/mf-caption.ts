import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/viewer.ts';
import { parseCaption } from './caption.rules.ts';
import type { CaptionPart } from './caption.rules.ts';

/**
 * A caption as plain text with its links and hashtags; folded when it is long.
 * @fires mf-tag - the hashtag without its sign (detail)
 */
@customElement('mf-caption')
@localized()
export class MfCaption extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        color: var(--mf-text-2);
      }
      .cap {
        white-space: pre-line;
        overflow-wrap: anywhere;
        text-wrap: pretty;
        unicode-bidi: plaintext;
        text-align: start;
      }
      .folded {
        display: -webkit-box;
        -webkit-line-clamp: 7;
        -webkit-box-orient: vertical;
        overflow: hidden;
      }
      a,
      .tag {
        color: var(--mf-info);
      }
      a:hover,
      .tag:hover {
        text-decoration: underline;
      }
      .more {
        color: var(--mf-signal-text);
        min-block-size: 24px;
      }
    `,
  ];

  @property() text = '';
  @state() private _open = false;
  @state() private _long = false;
  @query('.cap') private readonly _cap: HTMLElement | null | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('text')) this._open = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('text') && this._cap) this._long = this._cap.scrollHeight > this._cap.clientHeight + 2;
  }

  protected override render() {
    if (!this.text.trim()) return nothing;
    const parts = parseCaption(this.text).map((part) => this._renderPart(part));
    const fold = this._open ? '' : 'folded';
    // Line breaks of the caption count, so the template may add none.
    return html`<p class="cap ${fold}" dir="auto">${parts}</p>
      ${this._long ? this._renderMore() : nothing}`;
  }

  private _renderMore() {
    return html`<button class="more" aria-expanded=${this._open} @click=${() => (this._open = !this._open)}>
      ${t(this._open ? 'caption_less' : 'caption_more')}
    </button>`;
  }

  private _renderPart(part: CaptionPart) {
    switch (part.kind) {
      case 'text':
        return part.text;
      case 'link':
        return html`<a href=${part.href} target="_blank" rel="noreferrer noopener nofollow">${part.text}</a>`;
      case 'tag':
        return html`<button class="tag" @click=${() => this._onTag(part.tag)}>${part.text}</button>`;
    }
  }

  private _onTag(tag: string): void {
    this.dispatchEvent(new CustomEvent('mf-tag', { detail: tag, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-caption': MfCaption;
  }
}
