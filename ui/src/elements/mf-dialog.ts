import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { deepActive } from './focus.ts';
import { reset } from '../styles/reset.ts';

/**
 * A modal dialog on desktop, a sheet from below on phones. Open as long as it is in the page.
 * Focus moves in, stays in, and goes back to what opened it.
 * @fires mf-close - Escape, or a click beside it
 * @slot - the content
 */
@customElement('mf-dialog')
export class MfDialog extends LitElement {
  static override styles = [
    reset,
    css`
      dialog {
        inline-size: min(760px, calc(100vw - 40px));
        max-inline-size: none;
        max-block-size: calc(100dvh - 40px);
        margin: 9vh auto auto;
        padding: 0;
        border: 0;
        border-radius: 20px;
        background: var(--mf-surface-1);
        color: var(--mf-text-1);
        box-shadow: var(--mf-lift-3);
        overflow: auto;
        overscroll-behavior: contain;
        animation: rise var(--mf-base) var(--mf-out);
      }
      dialog:focus-visible {
        box-shadow: var(--mf-lift-3);
        border-radius: 20px;
      }
      :host([size='s']) dialog {
        inline-size: min(440px, calc(100vw - 40px));
      }
      :host([middle]) dialog {
        margin: auto;
      }
      dialog::backdrop {
        background: var(--mf-scrim);
      }
      @keyframes rise {
        from {
          opacity: 0;
          translate: 0 8px;
        }
      }
      @media (max-width: 699px) {
        :host dialog,
        :host([size='s']) dialog,
        :host([middle]) dialog {
          inline-size: 100%;
          max-block-size: 94dvh;
          margin: auto 0 0;
          border-radius: var(--mf-radius-xl) var(--mf-radius-xl) 0 0;
          animation-name: sheet;
          animation-duration: var(--mf-slow);
        }
        dialog::before {
          content: '';
          display: block;
          inline-size: 36px;
          block-size: 4px;
          margin: 8px auto 0;
          border-radius: 2px;
          background: var(--mf-line-2);
        }
      }
      @keyframes sheet {
        from {
          translate: 0 100%;
        }
      }
    `,
  ];

  @property() label = '';
  /** 's' is for questions. */
  @property({ reflect: true }) size: 'm' | 's' = 'm';
  @property({ type: Boolean, reflect: true }) middle = false;
  @property() kind: 'dialog' | 'alertdialog' = 'dialog';
  @query('dialog') private readonly _dialog: HTMLDialogElement | null | undefined;
  private _opener: HTMLElement | undefined;

  constructor() {
    super();
    // Keys inside are the dialog's, not the page's. On the host, so that who uses it still hears them.
    this.addEventListener('keydown', (event) => event.stopPropagation());
  }

  protected override render() {
    return html`<dialog
      role=${this.kind}
      aria-label=${this.label}
      @cancel=${this._onCancel}
      @pointerdown=${this._onPointerDown}
    >
      <slot></slot>
    </dialog>`;
  }

  protected override firstUpdated(): void {
    this._opener = deepActive();
    this._dialog?.showModal();
    // The browser itself does not look into slots.
    const wanted = this.querySelector<HTMLElement>('[autofocus]');
    wanted?.focus();
    if (wanted instanceof HTMLInputElement) wanted.select();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this._opener?.isConnected) this._opener.focus({ preventScroll: true });
  }

  private readonly _onCancel = (event: Event): void => {
    event.preventDefault();
    this._close();
  };

  private readonly _onPointerDown = (event: PointerEvent): void => {
    const box = this._dialog?.getBoundingClientRect();
    if (!box) return;
    const inside =
      event.clientX >= box.left &&
      event.clientX <= box.right &&
      event.clientY >= box.top &&
      event.clientY <= box.bottom;
    if (!inside) this._close();
  };

  private _close(): void {
    this.dispatchEvent(new CustomEvent('mf-close', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-dialog': MfDialog;
  }
}
