import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { LibraryCountQuery } from '../api/library-documents.ts';
import type { Folder, FolderContent } from '../api/types.ts';
import { Busy } from '../elements/busy.ts';
import '../elements/mf-dialog.ts';
import { renderProblem } from '../elements/problem.ts';
import { apiContext, foldersContext, libraryContext, routerContext, toastsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { localized, t, tn } from '../words/library.ts';
import { askStyles } from './ask.styles.ts';
import { liesInside } from './folder-tree.rules.ts';

/**
 * Asks before a folder is deleted, and what becomes of the posts in it.
 * @fires mf-close
 */
@customElement('mf-folder-delete')
@localized()
export class MfFolderDelete extends LitElement {
  static override styles = [base, fields, askStyles];

  @property({ attribute: false }) folder: Folder | undefined;
  @state() private _content: FolderContent = 'keep';
  private readonly _folders = new UseStore(this, foldersContext);
  private readonly _library = new UseStore(this, libraryContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private readonly _api = new UseValue(this, apiContext);
  private readonly _busy = new Busy(this);
  /** Of all folders that go, a post that is in several of them once. */
  private readonly _count = new Task(this, {
    task: async ([api, folder], { signal }) =>
      api && folder
        ? (await api.query(LibraryCountQuery, { filter: { folder, subfolders: true } }, signal)).libraryCount
        : undefined,
    args: () => [this._api.value, this.folder?.id] as const,
  });

  protected override render() {
    const { folder } = this;
    if (!folder) return nothing;
    const inside = this._inside(folder);
    const posts = this._count.value?.value ?? folder.count;
    const parent = folder.parentId === null ? undefined : this._folders.value?.byId(folder.parentId);
    const title = t('folder_delete_title', { name: folder.name });
    return html`<mf-dialog size="s" middle kind="alertdialog" .label=${title}>
      <div class="dlg">
        <h2 dir="auto">${title}</h2>
        <p class="t2">
          ${posts > 0 ? tn('folder_delete_posts', posts) : t('folder_delete_empty')}
          ${inside > 0 ? tn('folder_delete_inside', inside) : nothing}
        </p>
        ${
          posts > 0
            ? html`<fieldset>
                <legend>${t('folder_content')}</legend>
                ${this._choice('keep', t('content_keep'), t('content_keep_text'))}
                ${parent ? this._choice('parent', t('content_parent', { name: parent.name }), '') : nothing}
                ${this._choice('trash', t('content_trash'), t('content_trash_text'))}
              </fieldset>`
            : nothing
        }
        ${renderProblem(this._busy.problem)}
      </div>
      <div class="foot">
        <button class="btn ghost" autofocus @click=${this._close}>${t('remove_keep')}</button>
        <button
          class="btn ${this._content === 'trash' ? 'bad' : 'paper'}"
          ?disabled=${this._busy.on}
          @click=${this._delete}
        >
          ${t('folder_delete')}
        </button>
      </div>
    </mf-dialog>`;
  }

  private _choice(content: FolderContent, label: string, hint: string) {
    return html`<label class="choice">
      <input
        type="radio"
        name="content"
        .checked=${this._content === content}
        @change=${() => (this._content = content)}
      />
      <span>${label}${hint ? html`<small>${hint}</small>` : nothing}</span>
    </label>`;
  }

  /** How many folders go with it. */
  private _inside({ id }: Folder): number {
    const list = this._folders.value?.list ?? [];
    return list.filter((other) => other.id !== id && liesInside(list, other.id, id)).length;
  }

  private readonly _delete = async (): Promise<void> => {
    const { folder } = this;
    const folders = this._folders.value;
    const router = this._router.value;
    if (!folder || !folders || !router) return;
    const { page } = router;
    const here =
      page.name === 'library' && page.place.kind === 'folder' && liesInside(folders.list, page.place.id, folder.id);
    const done = await this._busy.run(async () => folders.remove(folder.id, this._content));
    if (!done) return;
    this._toasts.value?.show({ text: t('folder_deleted', { name: folder.name }), tone: 'good' });
    if (here) {
      const place =
        folder.parentId === null ? ({ kind: 'folders' } as const) : { kind: 'folder' as const, id: folder.parentId };
      router.go({ name: 'library', place, filter: {} }, { replace: true });
    }
    this._close();
    void this._library.value?.reread();
  };

  private readonly _close = (): void => {
    this.dispatchEvent(new CustomEvent('mf-close', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-folder-delete': MfFolderDelete;
  }
}
