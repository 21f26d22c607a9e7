import { css, html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { reset } from '../styles/reset.ts';

const GAP = 6;

/**
 * A small menu that opens from a button. Its items are buttons or links with a menu role; arrows walk through them.
 * @slot trigger - the button
 * @slot - the items
 */
@customElement('mf-menu')
export class MfMenu extends LitElement {
  static override styles = [
    reset,
    css`
      :host {
        display: inline-block;
      }
      [popover] {
        position: fixed;
        inset: auto;
        margin: 0;
        /* Of its own, wherever it lies. */
        inline-size: max-content;
        min-inline-size: 220px;
        max-inline-size: calc(100vw - 16px);
        max-block-size: calc(100dvh - 16px);
        overscroll-behavior: contain;
        padding: 6px;
        border: 0;
        border-radius: 14px;
        background: var(--mf-surface-3);
        color: var(--mf-text-1);
        box-shadow: var(--mf-lift-2);
      }
      [popover]:popover-open {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 1px;
        animation: open var(--mf-quick) var(--mf-out);
      }
      @keyframes open {
        from {
          opacity: 0;
        }
      }
    `,
  ];

  @property() label = '';
  /** Side of the button on which it opens. */
  @property() side: 'below' | 'above' = 'below';
  @query('[popover]') private readonly _box: HTMLElement | null | undefined;
  /** Items may come while it is open. */
  private readonly _grown = new ResizeObserver(() => this._place());
  @query('slot[name=trigger]') private readonly _triggers: HTMLSlotElement | null | undefined;

  protected override render() {
    return html`<slot name="trigger" @click=${this._onTrigger} @slotchange=${this._dress}></slot>
      <div
        popover="auto"
        role="menu"
        aria-label=${this.label}
        @toggle=${this._onToggle}
        @keydown=${this._onKey}
        @click=${this._onPick}
      >
        <slot></slot>
      </div>`;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._grown.disconnect();
  }

  private readonly _onTrigger = (): void => {
    this._box?.togglePopover();
  };

  private readonly _dress = (): void => {
    this._trigger?.setAttribute('aria-haspopup', 'menu');
    this._trigger?.setAttribute('aria-expanded', 'false');
  };

  private readonly _onToggle = (event: ToggleEvent): void => {
    const open = event.newState === 'open';
    this._trigger?.setAttribute('aria-expanded', String(open));
    if (!open || !this._box) {
      this._grown.disconnect();
      return;
    }
    this._place();
    this._grown.observe(this._box);
    const chosen = this._items.find((item) => item.getAttribute('aria-checked') === 'true');
    (chosen ?? this._items[0])?.focus();
  };

  private readonly _onPick = (event: Event): void => {
    if (event.composedPath().some((node) => this._items.some((item) => item === node))) this._close();
  };

  private readonly _onKey = (event: KeyboardEvent): void => {
    const items = this._items;
    const at = items.findIndex((item) => item.matches(':focus'));
    const goals: Readonly<Record<string, number>> = {
      ArrowDown: at + 1,
      ArrowUp: at - 1,
      Home: 0,
      End: items.length - 1,
    };
    const goal = goals[event.key];
    event.stopPropagation();
    if (event.key === 'Escape' || event.key === 'Tab') this._close();
    if (goal === undefined) return;
    event.preventDefault();
    items.at(goal % items.length)?.focus();
  };

  private _close(): void {
    this._box?.hidePopover();
    this._trigger?.focus();
  }

  private get _trigger(): HTMLElement | undefined {
    return this._triggers?.assignedElements().find((element) => element instanceof HTMLElement);
  }

  private get _items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('[role^=menuitem]')].filter((item) => !item.hasAttribute('disabled'));
  }

  private _place(): void {
    const button = this._trigger?.getBoundingClientRect();
    const box = this._box;
    if (!button || !box) return;
    const { width, height } = box.getBoundingClientRect();
    const [wide, tall] = [document.documentElement.clientWidth, window.innerHeight];
    const start = this.matches(':dir(rtl)') ? button.right - width : button.left;
    const below = button.bottom + GAP;
    const above = button.top - GAP - height;
    const wanted = this.side === 'above' || below + height > tall ? above : below;
    box.style.left = `${Math.max(8, Math.min(start, wide - width - 8))}px`;
    box.style.top = `${Math.max(8, Math.min(wanted, tall - height - 8))}px`;
  }
}

/** Styles of the items, for whoever slots them. */
export const menuItems = css`
  .item {
    display: flex;
    align-items: center;
    gap: 10px;
    min-block-size: 36px;
    padding: 8px 10px;
    border-radius: var(--mf-radius-sm);
    font-size: var(--mf-text-sm);
    text-align: start;
    inline-size: 100%;
  }
  .item:hover,
  .item:focus-visible {
    background: var(--mf-surface-4);
  }
  .item .ic {
    color: var(--mf-text-2);
  }
  .item .tick {
    margin-inline-start: auto;
    color: var(--mf-signal-text);
  }
  .group {
    padding: 8px 10px 4px;
    color: var(--mf-text-3);
    font-size: var(--mf-text-xs);
    font-weight: var(--mf-weight-mid);
  }
  hr {
    inline-size: 100%;
    margin: 4px 0;
    border: 0;
    border-block-start: 1px solid var(--mf-line-2);
  }
  @media (max-width: 699px) {
    .item {
      min-block-size: 44px;
    }
  }
`;

declare global {
  interface HTMLElementTagNameMap {
    'mf-menu': MfMenu;
  }
}
