import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/touch.ts';
import { deepActive } from './focus.ts';
import { SheetDrag } from './sheet-drag.ts';
import { Typed } from './typed.ts';

const KEYS = ['keydown', 'keyup'] as const;
/** Milliseconds in which whoever uses it has closed it. */
const PATIENCE = 1000;

/**
 * A modal dialog on desktop, a sheet from below on phones. Open as long as it is in the page.
 * Focus moves in, stays in, and goes back to what opened it.
 * On phones its top can be drawn down to close it. What can happen by mistake asks first when something was written.
 * @fires mf-close - Escape, the phone's Back, a press beside it, a sheet drawn down; `{ careless }` (detail): all but Escape, it may have been a mistake
 * @slot - the content
 */
@customElement('mf-dialog')
@localized()
export class MfDialog extends LitElement {
  static override styles = [
    base,
    css`
      dialog {
        inline-size: min(760px, calc(100vw - 40px - env(safe-area-inset-left) - env(safe-area-inset-right)));
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
        inline-size: min(440px, calc(100vw - 40px - env(safe-area-inset-left) - env(safe-area-inset-right)));
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
          max-block-size: calc(100dvh - max(6dvh, env(safe-area-inset-top) + 8px));
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
      dialog:not(.drawn) {
        transition: translate var(--mf-base) var(--mf-out);
      }
      .leave {
        display: flex;
        align-items: center;
        flex-wrap: wrap;
        gap: 8px;
        padding: 12px 16px;
        background: var(--mf-surface-3);
        font-size: var(--mf-text-sm);
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
  /** Whoever uses it keeps what was written: nothing is asked. */
  @property({ type: Boolean }) keeps = false;
  @state() private _asks = false;
  @query('dialog') private readonly _dialog: HTMLDialogElement | null | undefined;
  @query('.leave .paper') private readonly _stay: HTMLElement | null | undefined;
  private _opener: HTMLElement | undefined;
  /** What had the focus when it asked. */
  private _asked: HTMLElement | undefined;
  /** The key Escape is down. */
  private _escapes = false;
  /** It was asked to close, and is not gone yet. */
  private _closing: ReturnType<typeof setTimeout> | undefined;
  private readonly _typed = new Typed(this);
  private readonly _sheet: SheetDrag = new SheetDrag(
    this,
    () => this._dialog,
    () => (this._mayLeave() ? () => this._close(true) : undefined),
  );

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
      @close=${this._onClosed}
      @pointerdown=${this._onPointerDown}
    >
      ${this._asks ? this._renderQuestion() : nothing}<slot></slot>
    </dialog>`;
  }

  private _renderQuestion() {
    return html`<div class="leave" role="alert">
      <span class="grow">${t('leave_typed')}</span>
      <button class="btn small ghost" @click=${() => this._close()}>${t('leave_lose')}</button>
      <button class="btn small paper" @click=${this._onStay}>${t('leave_stay')}</button>
    </div>`;
  }

  protected override firstUpdated(): void {
    this._opener = deepActive();
    this._dialog?.showModal();
    // The browser itself does not look into slots.
    const wanted = this.querySelector<HTMLElement>('[autofocus]');
    wanted?.focus();
    if (wanted instanceof HTMLInputElement) wanted.select();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    for (const type of KEYS) window.addEventListener(type, this._onAnyKey, true);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this._closing);
    this._closing = undefined;
    for (const type of KEYS) window.removeEventListener(type, this._onAnyKey, true);
    if (this._opener?.isConnected) this._opener.focus({ preventScroll: true });
  }

  private readonly _onAnyKey = ({ type, key }: KeyboardEvent): void => {
    this._escapes = type === 'keydown' && key === 'Escape';
  };

  private readonly _onCancel = (event: Event): void => {
    event.preventDefault();
    this._leave();
  };

  /** The browser closes it by itself when Back comes twice. */
  private readonly _onClosed = (): void => {
    this._dialog?.showModal();
    this._leave();
  };

  /** By Escape, or, when no key is down, by the phone's Back. */
  private _leave(): void {
    if (this._escapes) this._close();
    else if (this._mayLeave()) this._close(true);
  }

  private readonly _onPointerDown = (event: PointerEvent): void => {
    const box = this._dialog?.getBoundingClientRect();
    if (!box) return;
    const inside =
      event.clientX >= box.left &&
      event.clientX <= box.right &&
      event.clientY >= box.top &&
      event.clientY <= box.bottom;
    if (!inside && this._mayLeave()) this._close(true);
  };

  /** By something that may be a mistake; if anything would be lost, it asks. */
  private _mayLeave(): boolean {
    if (this.keeps || !this._typed.any) return true;
    if (!this._asks) this._asked = deepActive();
    this._asks = true;
    void this.updateComplete.then(() => this._stay?.focus());
    return false;
  }

  private readonly _onStay = (): void => {
    this._asks = false;
    this._asked?.focus();
  };

  /** Once: going back takes a moment, and twice would lead too far. */
  private _close(careless = false): void {
    if (this._closing !== undefined) return;
    // Who does not close it has a reason.
    this._closing = setTimeout(() => {
      this._closing = undefined;
      this._sheet.restore();
    }, PATIENCE);
    this.dispatchEvent(new CustomEvent('mf-close', { detail: { careless }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-dialog': MfDialog;
  }
}
