import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { thumbHashToRGBA } from 'thumbhash';

/** A picture's thumbhash, painted: what is seen until the picture is there. Decorative. */
@customElement('mf-blur')
export class MfBlur extends LitElement {
  static override styles = css`
    :host {
      display: block;
      overflow: hidden;
    }
    canvas {
      display: block;
      inline-size: 100%;
      block-size: 100%;
      object-fit: cover;
    }
  `;

  /** Base64. */
  @property() hash = '';
  @query('canvas') private readonly _canvas: HTMLCanvasElement | null | undefined;

  protected override render() {
    return html`<canvas width="1" height="1" aria-hidden="true"></canvas>`;
  }

  protected override updated(): void {
    const pixels = decode(this.hash);
    const context = this._canvas?.getContext('2d');
    if (!context) return;
    context.canvas.width = pixels?.w ?? 1;
    context.canvas.height = pixels?.h ?? 1;
    if (pixels) context.putImageData(new ImageData(new Uint8ClampedArray(pixels.rgba), pixels.w, pixels.h), 0, 0);
  }
}

function decode(hash: string): { w: number; h: number; rgba: Uint8Array } | undefined {
  try {
    return hash ? thumbHashToRGBA(Uint8Array.from(atob(hash), (char) => char.charCodeAt(0))) : undefined;
  } catch {
    return undefined; // Not a thumbhash: the plain surface stays.
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-blur': MfBlur;
  }
}
