import { css, html, LitElement } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { reset } from '../styles/reset.ts';

/** A film that plays on its card without sound, over and over, once it can; the picture stays until then. */
@customElement('mf-preview')
export class MfPreview extends LitElement {
  static override styles = [
    reset,
    css`
      :host {
        position: absolute;
        inset: 0;
        border-radius: inherit;
        overflow: hidden;
        pointer-events: none;
      }
      video {
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
        opacity: 0;
        transition: opacity var(--mf-quick);
      }
      .plays {
        opacity: 1;
      }
      i {
        position: absolute;
        inset: auto 8px 42px;
        block-size: 3px;
        border-radius: 2px;
        background: #ffffff59;
        overflow: hidden;
      }
      i::after {
        content: '';
        position: absolute;
        inset-block: 0;
        inset-inline-start: 0;
        inline-size: var(--at, 0%);
        background: var(--mf-on-media);
      }
    `,
  ];

  @property() src = '';
  @state() private _plays = false;
  @state() private _at = 0;
  @query('video') private readonly _video: HTMLVideoElement | null | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Nothing more of it is fetched.
    this._video?.removeAttribute('src');
    this._video?.load();
  }

  protected override firstUpdated(): void {
    const video = this._video;
    if (!video) return;
    video.muted = true; // The attribute alone does not count for an element made by script.
    void video.play().catch(() => undefined);
  }

  protected override render() {
    return html`<video
        class=${this._plays ? 'plays' : ''}
        muted
        loop
        playsinline
        disablepictureinpicture
        disableremoteplayback
        tabindex="-1"
        aria-hidden="true"
        src=${this.src}
        @playing=${() => (this._plays = true)}
        @timeupdate=${this._onTime}
      ></video>
      ${this._plays ? html`<i style=${styleMap({ '--at': `${this._at}%` })}></i>` : ''}`;
  }

  private readonly _onTime = (): void => {
    const video = this._video;
    if (video && video.duration > 0) this._at = (100 * video.currentTime) / video.duration;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-preview': MfPreview;
  }
}
