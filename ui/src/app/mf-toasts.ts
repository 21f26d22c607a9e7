import { css, html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { icon } from '../elements/icons.ts';
import type { IconName } from '../elements/icons.ts';
import { toastsContext } from '../state/contexts.ts';
import type { Toast } from '../state/toasts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/t.ts';

const TONES: Readonly<Record<Toast['tone'], IconName>> = {
  good: 'check',
  warn: 'offline',
  bad: 'alert',
  plain: 'info',
};

/** Short messages at the foot of the page, and the polite voice for screen readers. */
@customElement('mf-toasts')
@localized()
export class MfToasts extends LitElement {
  static override styles = [
    base,
    css`
      .toasts {
        position: fixed;
        z-index: var(--mf-z-toast);
        inset-block-end: 24px;
        inset-inline-start: calc(var(--mf-rail) + var(--mf-gutter));
        display: grid;
        gap: 8px;
      }
      .toast {
        display: flex;
        align-items: center;
        gap: 12px;
        min-block-size: 48px;
        padding: 10px 8px 10px 14px;
        border-radius: 14px;
        background: var(--mf-surface-3);
        box-shadow: var(--mf-lift-2);
        font-size: var(--mf-text-sm);
        max-inline-size: min(440px, calc(100vw - 32px));
        animation: come var(--mf-base) var(--mf-out);
      }
      :host(:dir(rtl)) .toast {
        padding: 10px 14px 10px 8px;
      }
      .good > .ic {
        color: var(--mf-signal-text);
      }
      .toast.warn {
        color: inherit;
      }
      .warn > .ic {
        color: var(--mf-warn);
      }
      .bad > .ic {
        color: var(--mf-danger);
      }
      .icb {
        inline-size: 30px;
        block-size: 30px;
      }
      @keyframes come {
        from {
          opacity: 0;
          translate: 0 8px;
        }
      }
      @media (max-width: 699px) {
        .toasts {
          inset-inline: 16px;
          inset-block-end: calc(var(--mf-tabbar) + 12px + env(safe-area-inset-bottom));
        }
        .toast {
          max-inline-size: none;
        }
      }
    `,
  ];

  private readonly _toasts = new UseStore(this, toastsContext);

  protected override render() {
    const toasts = this._toasts.value;
    return html`<div class="vh" role="status">${toasts?.spoken ?? ''}</div>
      <div class="toasts" role="status">
        ${repeat(
          toasts?.list ?? [],
          (toast) => toast.id,
          (toast) =>
            html`<div class="toast ${toast.tone}">
              ${icon(TONES[toast.tone])}<span class="grow">${toast.text}</span>
              ${toast.action ? html`<button class="btn small ghost" @click=${() => this._act(toast)}>${toast.action.label}</button>` : nothing}
              <button class="icb" aria-label=${t('close')} @click=${() => toasts?.drop(toast.id)}>
                ${icon('close', 'xs')}
              </button>
            </div>`,
        )}
      </div>`;
  }

  private _act(toast: Toast): void {
    toast.action?.run();
    this._toasts.value?.drop(toast.id);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-toasts': MfToasts;
  }
}
