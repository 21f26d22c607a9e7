import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { foldersContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
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
      case 'share':
        return html`<mf-folder-share .folder=${folder}></mf-folder-share>`;
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-folder-act': MfFolderAct;
  }
}
