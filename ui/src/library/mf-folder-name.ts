import { html, LitElement } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Folder } from '../api/types.ts';
import { Busy } from '../elements/busy.ts';
import '../elements/mf-dialog.ts';
import { renderProblem } from '../elements/problem.ts';
import { foldersContext, routerContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { localized, t } from '../words/library.ts';
import { askStyles } from './ask.styles.ts';

/**
 * Asks for a folder's name: of a new one, or another for one that is there.
 * @fires mf-close
 */
@customElement('mf-folder-name')
@localized()
export class MfFolderName extends LitElement {
  static override styles = [base, fields, askStyles];

  /** To rename; none: a new one is made. */
  @property({ attribute: false }) folder: Folder | undefined;
  /** Where a new one lies. */
  @property({ attribute: false }) parentId: string | null = null;
  @query('input') private readonly _input: HTMLInputElement | null | undefined;
  private readonly _folders = new UseStore(this, foldersContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _busy = new Busy(this);

  protected override render() {
    const parent = this.parentId === null ? undefined : this._folders.value?.byId(this.parentId);
    const title = this.folder
      ? t('folder_rename_title', { name: this.folder.name })
      : parent
        ? t('folder_new_in', { name: parent.name })
        : t('folder_new');
    return html`<mf-dialog size="s" middle .label=${title}>
      <form @submit=${this._onSubmit}>
        <div class="dlg">
          <h2 dir="auto">${title}</h2>
          <div class="field">
            <label for="name">${t('name')}</label>
            <div class="input">
              <input
                id="name"
                autofocus
                dir="auto"
                maxlength="255"
                autocomplete="off"
                required
                enterkeyhint="done"
                .value=${this.folder?.name ?? ''}
              />
            </div>
          </div>
          ${renderProblem(this._busy.problem)}
        </div>
        <div class="foot">
          <button class="btn ghost" type="button" @click=${this._close}>${t('cancel')}</button>
          <button class="btn main" ?disabled=${this._busy.on}>${t(this.folder ? 'rename' : 'create')}</button>
        </div>
      </form>
    </mf-dialog>`;
  }

  private readonly _onSubmit = async (event: Event): Promise<void> => {
    event.preventDefault();
    const name = this._input?.value.trim() ?? '';
    const folders = this._folders.value;
    if (!name || !folders) return;
    const { folder } = this;
    const done = await this._busy.run(async () => {
      if (folder) {
        if (name !== folder.name) await folders.rename(folder.id, name);
        return;
      }
      const made = await folders.create(name, this.parentId);
      this._router.value?.go({ name: 'library', place: { kind: 'folder', id: made.id }, filter: {} });
    });
    if (done) this._close();
  };

  private readonly _close = (): void => {
    this.dispatchEvent(new CustomEvent('mf-close', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-folder-name': MfFolderName;
  }
}
