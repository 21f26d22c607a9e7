import { css, html, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import { CalmElement } from '../elements/calm-element.ts';
import { icon } from '../elements/icons.ts';
import type { BulkJob } from '../api/types.ts';
import type { IconName } from '../elements/icons.ts';
import { bulkContext, toastsContext } from '../state/contexts.ts';
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
export class MfToasts extends CalmElement {
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
      .job {
        animation: come var(--mf-base) 700ms var(--mf-out) both;
      }
      progress {
        inline-size: 90px;
        block-size: 4px;
        appearance: none;
        border: 0;
        border-radius: 2px;
        overflow: hidden;
        background: var(--mf-surface-4);
      }
      progress::-webkit-progress-bar {
        background: var(--mf-surface-4);
      }
      progress::-webkit-progress-value {
        background: var(--mf-signal);
      }
      progress::-moz-progress-bar {
        background: var(--mf-signal);
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
  private readonly _bulk = new UseStore(this, bulkContext);

  protected override render() {
    const toasts = this._toasts.value;
    return html`<div class="vh" role="status">${toasts?.spoken ?? ''}</div>
      <div class="toasts" role="status">
        ${repeat(
          this._bulk.value?.running ?? [],
          (job) => job.id,
          (job) => this._renderJob(job),
        )}
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

  /** A change of many posts that takes a while; short ones are over before it shows. */
  private _renderJob({ id, done, total }: BulkJob) {
    return html`<div class="toast job">
      <span class="grow num" aria-hidden="true">${t('bulk_progress', { done, total })}</span>
      <progress max=${Math.max(1, total)} .value=${done} aria-label=${t('bulk_progress', { done, total })}></progress>
      <button class="btn small ghost" @click=${() => void this._bulk.value?.stop(id).catch(() => undefined)}>
        ${t('bulk_stop')}
      </button>
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
