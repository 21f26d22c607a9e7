import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Post } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-menu.ts';
import { menuItems } from '../elements/mf-menu.ts';
import { filterOf } from '../router/library-place.ts';
import type { LibraryPlace } from '../router/library-place.ts';
import type { Filter } from '../router/filter.ts';
import { toApiError } from '../api/api-error.ts';
import {
  changesContext,
  foldersContext,
  libraryContext,
  pickedContext,
  selectionContext,
  toastsContext,
} from '../state/contexts.ts';
import type { DoneWords } from '../state/changes.ts';
import { sameFilter } from '../state/list-ends.rules.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { errorSentence } from '../words/errors.ts';
import { formatBytes, formatNumber } from '../words/format.ts';
import { localized, t, tn } from '../words/select.ts';
import { renderItem, renderTool } from './bulk-parts.ts';
import { renderSheet } from './bulk-sheet.ts';
import type { Sheet } from './bulk-sheet.ts';
import { bulkStyles } from './bulk.styles.ts';
import { changePicked } from './change-picked.ts';
import type { Change } from './change.rules.ts';
import { tellCover, tellExport } from './bulk-extras.ts';
import { exportListUrl, exportUrl, MOST_EXPORTED } from './export-url.ts';
import type { FolderToggle } from './mf-folder-picker.ts';
import type { TagToggle } from './mf-tag-picker.ts';
import { pickAll } from './pick-all.ts';

/**
 * What can be done with the posts that are picked. It takes the place of the tab bar on phones.
 * @fires mf-clear - nothing is picked any more
 */
@customElement('mf-bulk')
@localized()
export class MfBulk extends LitElement {
  static override styles = [base, menuItems, bulkStyles];

  /** Where the posts are looked at. */
  @property({ attribute: false }) place: LibraryPlace | undefined;
  @property({ attribute: false }) filter: Filter = {};
  @state() private _sheet: Sheet | undefined;
  private readonly _selection = new UseStore(this, selectionContext);
  private readonly _library = new UseStore(this, libraryContext);
  private readonly _folders = new UseStore(this, foldersContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private readonly _changes = new UseValue(this, changesContext);
  private readonly _picked = new UseValue(this, pickedContext);

  /** "All" were all of another list. */
  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('filter');
    const selection = this._selection.value;
    if (!before || !selection?.everything || sameFilter(before, this.filter)) return;
    selection.clear();
    this.dispatchEvent(new CustomEvent('mf-clear', { bubbles: true, composed: true }));
  }

  /** Opens the folders, as the A key does. */
  openFolders(): void {
    this._open('folders');
  }

  protected override render() {
    const selection = this._selection.value;
    if (!selection) return nothing;
    const trash = this.place?.kind === 'trash';
    return html`<div class="bar" role="toolbar" aria-label=${this._title}>
        <button class="icb" aria-label=${t('select_stop')} title=${t('select_stop')} @click=${() => selection.clear()}>
          ${icon('close')}
        </button>
        <span class="n" role="status">${this._title}${this._renderBytes()}</span>
        ${this._renderAll()}
        <span class="break"></span>
        ${selection.size === 0 && !selection.everything ? nothing : trash ? this._renderTrash() : this._renderTools()}
      </div>
      ${this._renderSheet()}`;
  }

  private get _title(): string {
    const selection = this._selection.value;
    if (!selection || selection.everything) return tn('selected', this._library.value?.count?.value ?? 0);
    return selection.size === 0 ? t('select_hint') : tn('selected', selection.size);
  }

  private _renderBytes() {
    const bytes = this._posts.reduce((sum, { size }) => sum + size, 0);
    return bytes > 0 && !this._selection.value?.everything
      ? html`<span class="only-desk"> · ${formatBytes(bytes)}</span>`
      : nothing;
  }

  /** Offers all that the filter shows, once more is there than is picked. */
  private _renderAll() {
    const selection = this._selection.value;
    const library = this._library.value;
    const count = library?.count;
    if (!selection || !library || !count || selection.everything || selection.size >= count.value) return nothing;
    const n = `${formatNumber(count.value)}${count.more ? '+' : ''}`;
    return html`<button class="btn ghost all" @click=${this._pickAll}>${t('select_all', { n })}</button>`;
  }

  private _renderTools() {
    const folder =
      this.place?.kind === 'folder' && this.place.id !== 'inbox' ? this._folders.value?.byId(this.place.id) : undefined;
    const own = folder !== undefined && !this._folders.value?.isForeign(folder.id);
    return html`${renderTool('folder-plus', t('add_to_folder'), () => this._open('folders'))}
      ${renderTool('tag', t('tag_them'), () => this._open('tags'))}
      ${renderTool('download', t('download'), () => this._export(), 'wide-only')}
      ${own ? renderTool('minus', t('take_out', { folder: folder.name }), () => this._takeOut(folder.id, folder.name), 'wide-only') : nothing}
      ${renderTool('trash', t('to_trash'), () => this._apply({ action: 'trash' }, (n) => tn('bulk_trashed', n)))}
      <mf-menu .label=${t('more')} side="above">
        <button slot="trigger" class="icb" aria-label=${t('more')}>${icon('more')}</button>
        ${renderItem('move', own ? t('move_from', { folder: folder.name }) : t('move_to'), () => this._open('move'))}
        ${own ? renderItem('minus', t('take_out', { folder: folder.name }), () => this._takeOut(folder.id, folder.name)) : nothing}
        ${renderItem('heart', t('favourite_them'), () => this._apply({ action: 'favourite' }, (n) => tn('bulk_favourite', n)))}
        ${renderItem('heart', t('unfavourite_them'), () => this._apply({ action: 'unfavourite' }, (n) => tn('bulk_unfavourite', n)))}
        ${renderItem('download', t('download_zip'), () => this._export())}
        ${own && this._posts.length === 1 ? renderItem('image', t('as_cover'), () => this._cover(folder.id)) : nothing}
      </mf-menu>`;
  }

  private _renderTrash() {
    return html`${renderTool('retry', t('restore'), () => this._apply({ action: 'restore' }, (n) => tn('bulk_restored', n)))}
    ${renderTool('trash', t('purge'), () => this._open('purge'))}`;
  }

  private _renderSheet() {
    if (!this._sheet) return nothing;
    return renderSheet(this._sheet, {
      folders: this._folders.value?.list ?? [],
      posts: this._posts,
      all: this._selection.value?.everything ? this._all : undefined,
      onFolder: this._sheet === 'move' ? this._onMove : this._onFolder,
      onCreate: (event) => void this._onCreate(event),
      onTag: this._onTag,
      onPurged: this._onPurged,
      onClose: this._shut,
    });
  }

  /** Those that are picked, also what a filter hides now. */
  private get _posts(): readonly Post[] {
    const selection = this._selection.value;
    const library = this._library.value;
    if (!selection || !library) return [];
    if (selection.everything) return library.posts;
    return this._picked.value?.of(selection.picked) ?? [];
  }

  /** All that the list shows. */
  private get _all(): Filter {
    return this.place ? filterOf(this.place, this.filter) : this.filter;
  }

  private _open(sheet: Sheet): void {
    this._folders.value?.open();
    this._sheet = sheet;
  }

  private readonly _shut = (event?: Event): void => {
    event?.stopPropagation();
    this._sheet = undefined;
  };

  private readonly _pickAll = (): void => {
    const [library, selection] = [this._library.value, this._selection.value];
    if (library && selection) void pickAll(library, selection);
  };

  private _apply(change: Change, done: DoneWords): void {
    const [changes, picked, selection] = [this._changes.value, this._picked.value, this._selection.value];
    if (!changes || !picked || !selection) return;
    const ids = selection.picked;
    changePicked({ changes, picked, selection }, { change, ids, all: this._all, done });
    this._sheet = undefined;
    selection.clear();
    this.dispatchEvent(new CustomEvent('mf-clear', { bubbles: true, composed: true }));
  }

  private _takeOut(id: string, folder: string): void {
    this._apply({ action: 'removeFromFolder', options: { folder: id } }, (n) => tn('bulk_taken_out', n, { folder }));
  }

  private readonly _onFolder = (event: CustomEvent<FolderToggle>): void => {
    const { folder, on } = event.detail;
    if (on) this._addTo(folder.id, folder.name);
    else this._takeOut(folder.id, folder.name);
  };

  private _addTo(id: string, folder: string): void {
    this._apply({ action: 'addToFolder', options: { folder: id } }, (n) => tn('bulk_added', n, { folder }));
  }

  private readonly _onMove = (event: CustomEvent<FolderToggle>): void =>
    this._moveTo(event.detail.folder.id, event.detail.folder.name);

  private _moveTo(id: string, folder: string): void {
    const from = this.place?.kind === 'folder' && this.place.id !== 'inbox' ? { from: this.place.id } : {};
    this._apply({ action: 'moveToFolder', options: { folder: id, ...from } }, (n) => tn('bulk_moved', n, { folder }));
  }

  private readonly _onCreate = async (event: CustomEvent<string>): Promise<void> => {
    const move = this._sheet === 'move';
    const parent = this.place?.kind === 'folder' && this.place.id !== 'inbox' ? this.place.id : null;
    const own = parent !== null && !this._folders.value?.isForeign(parent) ? parent : null;
    try {
      const made = await this._folders.value?.create(event.detail, own);
      if (!made) return;
      if (move) this._moveTo(made.id, made.name);
      else this._addTo(made.id, made.name);
    } catch (error) {
      this._toasts.value?.show({ text: errorSentence(toApiError(error)), tone: 'bad' });
    }
  };

  private readonly _onTag = (event: CustomEvent<TagToggle>): void => {
    const { tag, on } = event.detail;
    this._apply({ action: on ? 'addTags' : 'removeTags', options: { tags: [tag] } }, (n) =>
      tn(on ? 'bulk_tagged' : 'bulk_untagged', n, { tag }),
    );
  };

  /** Those that are picked, or all that the list shows; the server says how many an archive holds. */
  private _export(): void {
    const [selection, toasts] = [this._selection.value, this._toasts.value];
    if (!selection || !toasts) return;
    const ids = this._posts.map(({ id }) => id);
    const all = selection.everything || (ids.length > 0 && ids.length === this._library.value?.count?.value);
    if (!all && ids.length > MOST_EXPORTED) {
      toasts.show({ text: t('export_too_many', { n: MOST_EXPORTED }), tone: 'warn' });
      return;
    }
    const n = all ? (this._library.value?.count?.value ?? ids.length) : ids.length;
    void tellExport(toasts, all ? exportListUrl(this._all) : exportUrl(ids), tn('export_started', n));
    selection.clear();
  }

  private _cover(folderId: string): void {
    const [post] = this._posts;
    const [toasts, folders] = [this._toasts.value, this._folders.value];
    if (!post || !toasts || !folders) return;
    this._selection.value?.clear();
    void tellCover(toasts, folders, folderId, post.id);
  }

  private readonly _onPurged = (event: CustomEvent<{ gone: boolean } | undefined>): void => {
    this._shut(event);
    if (event.detail?.gone) this._selection.value?.clear();
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-bulk': MfBulk;
  }
}
