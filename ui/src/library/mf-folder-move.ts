import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Folder } from '../api/types.ts';
import { Busy } from '../elements/busy.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-dialog.ts';
import { renderProblem } from '../elements/problem.ts';
import { foldersContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { localized, t } from '../words/library.ts';
import { askStyles } from './ask.styles.ts';
import { layRows, liesInside } from './folder-tree.rules.ts';

/**
 * Asks where a folder goes: what dragging does, without dragging.
 * @fires mf-close
 */
@customElement('mf-folder-move')
@localized()
export class MfFolderMove extends LitElement {
  static override styles = [
    base,
    fields,
    askStyles,
    css`
      fieldset {
        max-block-size: 50dvh;
        overflow: auto;
      }
      .choice {
        padding-inline-start: calc(10px + (var(--d, 1) - 1) * 18px);
      }
    `,
  ];

  @property({ attribute: false }) folder: Folder | undefined;
  @state() private _parentId: string | null | undefined;
  private readonly _folders = new UseStore(this, foldersContext);
  private readonly _busy = new Busy(this);

  protected override render() {
    const { folder } = this;
    if (!folder) return nothing;
    const list = this._folders.value?.list ?? [];
    // A folder cannot go into itself.
    const rows = layRows(list, () => true).filter((row) => !liesInside(list, row.folder.id, folder.id));
    const title = t('folder_move_title', { name: folder.name });
    return html`<mf-dialog size="s" middle .label=${title}>
      <div class="dlg">
        <h2 dir="auto">${title}</h2>
        <fieldset>
          <legend class="vh">${title}</legend>
          ${this._choice(null, t('folder_top'), 1)}
          ${rows.map((row) => this._choice(row.folder.id, row.folder.name, row.level + 1))}
        </fieldset>
        ${renderProblem(this._busy.problem)}
      </div>
      <div class="foot">
        <button class="btn ghost" @click=${this._close}>${t('cancel')}</button>
        <button class="btn main" ?disabled=${this._busy.on} @click=${this._move}>${t('folder_move_here')}</button>
      </div>
    </mf-dialog>`;
  }

  private _choice(id: string | null, label: string, level: number) {
    return html`<label class="choice" style="--d:${level}">
      <input type="radio" name="parent" .checked=${this._chosen === id} @change=${() => (this._parentId = id)} />
      ${icon(id === null ? 'grid' : 'folder', 'sm')}<span class="clip" dir="auto">${label}</span>
    </label>`;
  }

  private get _chosen(): string | null {
    return this._parentId === undefined ? (this.folder?.parentId ?? null) : this._parentId;
  }

  private readonly _move = async (): Promise<void> => {
    const { folder } = this;
    const done = await this._busy.run(async () => {
      if (folder && folder.parentId !== this._chosen)
        await this._folders.value?.move(folder.id, { parentId: this._chosen });
    });
    if (done) this._close();
  };

  private readonly _close = (): void => {
    this.dispatchEvent(new CustomEvent('mf-close', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-folder-move': MfFolderMove;
  }
}
