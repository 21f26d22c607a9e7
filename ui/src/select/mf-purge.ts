import { Task } from '@lit/task';
import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { EmptyTrashMutation } from '../api/folder-documents.ts';
import { ImpactQuery } from '../api/library-documents.ts';
import type { Impact, Post } from '../api/types.ts';
import { Busy } from '../elements/busy.ts';
import '../elements/mf-dialog.ts';
import { renderProblem } from '../elements/problem.ts';
import { askStyles } from '../library/ask.styles.ts';
import type { Filter } from '../router/filter.ts';
import { apiContext, bulkContext, foldersContext, libraryContext, toastsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { formatBytes } from '../words/format.ts';
import { localized, t, tn } from '../words/select.ts';
import { impactSentences } from './impact-words.ts';

/** For more posts than this the server is not asked what each would delete. */
const MOST_ASKED = 40;

/** What removing several posts does. A file that two of them share is told as kept: it is never overstated. */
export const sumImpact = (impacts: readonly Impact[]): Impact => ({
  files: impacts.reduce((sum, { files }) => sum + files, 0),
  bytes: impacts.reduce((sum, { bytes }) => sum + bytes, 0),
  keptFiles: impacts.reduce((sum, { keptFiles }) => sum + keptFiles, 0),
});

/**
 * Asks before posts go for good, and says what happens to their files.
 * @fires mf-close - detail says whether they are gone: `{ gone }`
 */
@customElement('mf-purge')
@localized()
export class MfPurge extends LitElement {
  static override styles = [base, fields, askStyles];

  @property({ attribute: false }) posts: readonly Post[] = [];
  /** All that a filter shows is meant, instead of the posts. */
  @property({ attribute: false }) filter: Filter | undefined;
  /** The whole trash is meant. */
  @property({ type: Boolean }) everything = false;
  /** How many go, where they are not at hand. */
  @property({ type: Number }) count = 0;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _bulk = new UseStore(this, bulkContext);
  private readonly _folders = new UseStore(this, foldersContext);
  private readonly _library = new UseStore(this, libraryContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private readonly _busy = new Busy(this);
  private readonly _impact = new Task(this, {
    task: async ([api, posts], { signal }) => {
      if (!api || this.filter || posts.length === 0 || posts.length > MOST_ASKED) return undefined;
      const asked = posts.map(async ({ id }) => (await api.query(ImpactQuery, { id }, signal)).removalImpact);
      return sumImpact(await Promise.all(asked));
    },
    args: () => [this._api.value, this.posts] as const,
  });

  protected override render() {
    const n = this._isMany ? this.count || (this._library.value?.count?.value ?? 0) : this.posts.length;
    const title = this.everything ? t('trash_empty_title') : tn('purge_title', n);
    return html`<mf-dialog size="s" middle kind="alertdialog" .label=${title}>
      <div class="dlg">
        <h2>${title}</h2>
        <div class="col" aria-live="polite">
          ${this._impact.render({
            pending: () => html`<p class="t2">${t('remove_reading')}</p>`,
            complete: (impact) =>
              impact
                ? impactSentences(impact).map((sentence) => html`<p class="t2">${sentence}</p>`)
                : html`<p class="t2">${tn('purge_many', n)}</p>`,
            error: () => html`<p class="t2">${t('remove_unknown')}</p>`,
          })}
          <p class="t2">${t('remove_final')}</p>
        </div>
        ${renderProblem(this._busy.problem)}
      </div>
      <div class="foot">
        <button class="btn ghost" autofocus @click=${() => this._close(false)}>${t('remove_keep')}</button>
        <button
          class="btn ${this._impact.value?.files === 0 ? 'paper' : 'bad'}"
          ?disabled=${this._busy.on}
          @click=${this._purge}
        >
          ${this._busy.on ? t('remove_busy') : this.everything ? t('trash_empty') : t('purge')}
        </button>
      </div>
    </mf-dialog>`;
  }

  private get _isMany(): boolean {
    return this.everything || this.filter !== undefined;
  }

  private readonly _purge = async (): Promise<void> => {
    const done = await this._busy.run(async () => (this.everything ? this._emptyTrash() : this._removeThem()));
    if (!done) return;
    this._folders.value?.stale();
    this._close(true);
    await this._library.value?.reread();
  };

  private async _emptyTrash(): Promise<void> {
    const gone = (await this._api.value?.query(EmptyTrashMutation, {}))?.emptyTrash ?? [];
    const freed = gone.reduce((sum, { freedBytes }) => sum + freedBytes, 0);
    this._tell(gone.length, freed);
  }

  private async _removeThem(): Promise<void> {
    const target = this.filter ? { filter: this.filter } : { ids: this.posts.map(({ id }) => id) };
    const job = await this._bulk.value?.run({ action: 'remove' }, target);
    this._tell((job?.done ?? 0) - (job?.failed ?? 0), this._impact.value?.bytes ?? 0);
  }

  private _tell(n: number, freed: number): void {
    const text = [tn('purged', n), freed > 0 ? t('freed', { size: formatBytes(freed) }) : ''].filter(Boolean).join(' ');
    this._toasts.value?.show({ text, tone: 'good' });
  }

  private _close(gone: boolean): void {
    this.dispatchEvent(new CustomEvent('mf-close', { detail: { gone }, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-purge': MfPurge;
  }
}
