import { css, html, LitElement } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { toastsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/touch.ts';
import { icon } from './icons.ts';
import { isPulledFar, pulledTo } from './pull.rules.ts';
import { TouchDrag } from './touch-drag.ts';

/** How many are on the page: while there is one, the browser's own pull would come on top of it. */
let shown = 0;

/**
 * Pulling a page down from its top reads it again; an installed app has no reload button. For keys and screen readers
 * there is a button, which shows when it has the focus.
 */
@customElement('mf-pull')
@localized()
export class MfPull extends LitElement {
  static override styles = [
    base,
    css`
      .sign,
      button:not(:focus-visible) {
        pointer-events: none;
      }
      .sign,
      button {
        position: fixed;
        z-index: calc(var(--mf-z-sticky) - 1); /* It comes from under the bar. */
        inset-block-start: calc(var(--mf-topbar) + env(safe-area-inset-top) - 44px);
        inset-inline: 0;
        inline-size: fit-content;
        margin-inline: auto;
        box-shadow: var(--mf-lift-2);
      }
      .sign {
        display: flex;
        align-items: center;
        gap: 8px;
        min-block-size: 36px;
        padding-inline: 14px;
        border-radius: 18px;
        background: var(--mf-surface-3);
        color: var(--mf-text-2);
        font-size: var(--mf-text-sm);
        transition: translate var(--mf-base) var(--mf-out);
      }
      .pulled {
        transition: none;
      }
      .far,
      .busy {
        color: var(--mf-text-1);
      }
      .far .ic {
        color: var(--mf-signal-text);
      }
      .busy .ic {
        animation: turn 1s linear infinite;
      }
      button {
        translate: 0 52px;
      }
      button:not(:focus-visible) {
        opacity: 0;
      }
      @keyframes turn {
        to {
          rotate: 1turn;
        }
      }
    `,
  ];

  /** Reads what is shown again. @returns whether the server has answered */
  @property({ attribute: false }) run: () => Promise<boolean> = async () => Promise.resolve(true);
  @state() private _busy = false;
  /** CSS pixels; undefined while nobody pulls. */
  @state() private _offset: number | undefined;
  private readonly _toasts = new UseStore(this, toastsContext);

  constructor() {
    super();
    new TouchDrag(this, {
      axis: 'y',
      area: () => this._page,
      begins: (event) => !this._busy && isAtTop(event),
      takes: (offset) => offset > 0,
      moved: (offset) => (this._offset = offset),
      ended: (offset) => {
        this._offset = undefined;
        if (isPulledFar(offset)) void this.refresh();
      },
      gave: () => (this._offset = undefined),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    shown += 1;
    document.documentElement.classList.add('pulls');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    shown -= 1;
    this._offset = undefined;
    if (shown === 0) document.documentElement.classList.remove('pulls');
  }

  /** Reads again, once at a time, and says what came of it. */
  async refresh(): Promise<void> {
    if (this._busy) return;
    this._busy = true;
    const toasts = this._toasts.value;
    toasts?.say(t('refreshing'));
    const done = await this.run().catch(() => false);
    this._busy = false;
    if (done) toasts?.say(t('refreshed'));
    else toasts?.show({ text: t('refresh_failed'), tone: 'warn' });
  }

  protected override render() {
    const offset = this._offset;
    const far = offset !== undefined && isPulledFar(offset);
    const to = this._busy ? 52 : pulledTo(offset ?? 0);
    return html`<button class="btn" aria-disabled=${this._busy ? 'true' : 'false'} @click=${() => void this.refresh()}>
        ${icon('retry', 'sm')}${t('refresh')}
      </button>
      <div
        class="sign ${offset === undefined ? '' : 'pulled'} ${far ? 'far' : ''} ${this._busy ? 'busy' : ''}"
        style="translate: 0 ${to}px"
        ?hidden=${to === 0}
        aria-hidden="true"
      >
        ${icon('retry', 'sm')}${t(this._busy ? 'refreshing' : far ? 'refresh_go' : 'refresh_pull')}
      </div>`;
  }

  /** All of the page, also where a short one leaves it empty. */
  private get _page(): HTMLElement {
    const root = this.getRootNode();
    const host = root instanceof ShadowRoot && root.host instanceof HTMLElement ? root.host : this;
    return host.closest('main') ?? host;
  }
}

/** Nothing under the finger, the page included, can be scrolled up. */
const isAtTop = (event: TouchEvent): boolean =>
  event
    .composedPath()
    .every((node) => !(node instanceof Element) || (node.scrollTop <= 0 && !node.matches(':popover-open')));

declare global {
  interface HTMLElementTagNameMap {
    'mf-pull': MfPull;
  }
}
