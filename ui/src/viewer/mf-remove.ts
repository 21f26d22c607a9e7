import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { toApiError } from '../api/api-error.ts';
import type { Removed } from '../api/types.ts';
import { ImpactQuery } from '../api/library-documents.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-dialog.ts';
import { apiContext, libraryContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { impactSentences } from '../select/impact-words.ts';
import { errorSentence } from '../words/errors.ts';
import { localized, t } from '../words/viewer.ts';

/**
 * Asks before a post is removed for good, and says what happens to its files.
 * @fires mf-removed - what removing has done (detail)
 * @fires mf-close
 */
@customElement('mf-remove')
@localized()
export class MfRemove extends LitElement {
  static override styles = [
    base,
    fields,
    css`
      .dlg {
        display: grid;
        gap: 12px;
        min-block-size: 150px;
        align-content: start;
        padding: 22px;
      }
      h2 {
        font-size: var(--mf-text-xl);
      }
      p {
        text-wrap: pretty;
      }
      .foot {
        display: flex;
        justify-content: flex-end;
        gap: var(--mf-2);
        padding: 14px 18px calc(14px + env(safe-area-inset-bottom));
        border-block-start: 1px solid var(--mf-line-1);
        background: var(--mf-surface-2);
      }
      @media (max-width: 699px) {
        .foot .btn {
          flex: 1;
          block-size: 50px;
        }
      }
    `,
  ];

  @property() postId = '';
  @state() private _busy = false;
  @state() private _problem = '';
  private readonly _api = new UseValue(this, apiContext);
  private readonly _library = new UseStore(this, libraryContext);
  private readonly _impact = new Task(this, {
    task: async ([api, id], { signal }) =>
      api ? (await api.query(ImpactQuery, { id }, signal)).removalImpact : undefined,
    args: () => [this._api.value, this.postId] as const,
  });

  protected override render() {
    const impact = this._impact.value;
    return html`<mf-dialog size="s" middle kind="alertdialog" .label=${t('remove_title')}>
      <div class="dlg">
        <h2>${t('remove_title')}</h2>
        <div class="col" aria-live="polite">
          ${this._impact.render({
            pending: () => html`<p class="t2">${t('remove_reading')}</p>`,
            complete: (known) =>
              known ? impactSentences(known).map((sentence) => html`<p class="t2">${sentence}</p>`) : nothing,
            error: () => html`<p class="t2">${t('remove_unknown')}</p>`,
          })}
          <p class="t2">${t('remove_final')}</p>
        </div>
        ${
          this._problem
            ? html`<div class="note bad" role="alert">
                ${icon('alert')}
                <p>${this._problem}</p>
              </div>`
            : nothing
        }
      </div>
      <div class="foot">
        <button class="btn ghost" autofocus @click=${this._close}>${t('remove_keep')}</button>
        <button class="btn ${impact?.files === 0 ? 'paper' : 'bad'}" ?disabled=${this._busy} @click=${this._remove}>
          ${t(this._busy ? 'remove_busy' : 'remove_go')}
        </button>
      </div>
    </mf-dialog>`;
  }

  private readonly _remove = async (): Promise<void> => {
    this._busy = true;
    this._problem = '';
    try {
      const removed = await this._library.value?.remove(this.postId);
      this.dispatchEvent(
        new CustomEvent<Removed | undefined>('mf-removed', { detail: removed, bubbles: true, composed: true }),
      );
    } catch (error) {
      this._problem = errorSentence(toApiError(error));
    }
    this._busy = false;
  };

  private readonly _close = (): void => {
    this.dispatchEvent(new CustomEvent('mf-close', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-remove': MfRemove;
  }
}
