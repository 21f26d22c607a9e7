import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { tellExport } from '../select/bulk-extras.ts';
import { exportListUrl } from '../select/export-url.ts';
import { foldersContext, toastsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { t } from '../words/library.ts';
import type { FolderAct } from './folder-act.ts';
import './mf-folder-delete.ts';
import './mf-folder-move.ts';
import './mf-folder-name.ts';
import './mf-folder-share.ts';

/**
 * The question that a change of a folder needs.
 * @fires mf-close
 */
@customElement('mf-folder-act')
export class MfFolderAct extends LitElement {
  @property({ attribute: false }) act: FolderAct | undefined;
  private readonly _folders = new UseStore(this, foldersContext);
  private readonly _toasts = new UseStore(this, toastsContext);

  protected override firstUpdated(): void {
    if (this.act?.kind === 'zip') this._zip(this.act.id);
  }

  protected override render() {
    const { act } = this;
    if (!act) return nothing;
    if (act.kind === 'new') return html`<mf-folder-name .parentId=${act.parentId}></mf-folder-name>`;
    const folder = this._folders.value?.byId(act.id);
    if (!folder) return nothing;
    switch (act.kind) {
      case 'rename':
        return html`<mf-folder-name .folder=${folder}></mf-folder-name>`;
      case 'delete':
        return html`<mf-folder-delete .folder=${folder}></mf-folder-delete>`;
      case 'move':
        return html`<mf-folder-move .folder=${folder}></mf-folder-move>`;
      case 'zip':
        return nothing;
      case 'share':
        return html`<mf-folder-share .folder=${folder}></mf-folder-share>`;
    }
  }

  /** Asks nothing: the archive of the folder, with those inside, is on its way. */
  private _zip(id: string): void {
    const toasts = this._toasts.value;
    const name = this._folders.value?.byId(id)?.name ?? '';
    if (toasts)
      void tellExport(toasts, exportListUrl({ folder: id }, { inside: true }), t('folder_zip_started', { name }));
    this.dispatchEvent(new CustomEvent('mf-close', { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-folder-act': MfFolderAct;
  }
}
