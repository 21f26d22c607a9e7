import { html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Folder } from '../api/types.ts';
import { isPlainKey } from '../elements/focus.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-menu.ts';
import { menuItems } from '../elements/mf-menu.ts';
import { FOLDER_TYPE } from '../select/drag-data.ts';
import { base } from '../styles/base.ts';
import { formatNumber } from '../words/format.ts';
import { localized, t } from '../words/library.ts';
import { askFolderAct } from './folder-act.ts';
import { folderMenuItems } from './folder-menu.ts';
import { layRows, nudge, pathTo } from './folder-tree.rules.ts';
import type { FolderMove, FolderRow, Nudge } from './folder-tree.rules.ts';
import { readDrop, zoneOf } from './tree-drop.ts';
import type { Zone } from './tree-drop.ts';
import { treeStyles } from './tree.styles.ts';

const NUDGE_KEYS: Readonly<Record<string, Nudge>> = {
  ArrowUp: 'up',
  ArrowDown: 'down',
  ArrowRight: 'in',
  ArrowLeft: 'out',
};

/**
 * Folders in folders. Arrows walk and open, Enter goes there, F2 renames, N makes one inside, Delete removes, Alt with
 * an arrow moves; a folder or posts can be dragged onto a row.
 * @fires mf-move - a folder and where it goes: `{ id, move }` (detail)
 * @fires mf-drop-posts - posts that were dropped on a folder: `{ folderId, ids }` (detail)
 * @fires mf-folder-act - what wants a question first (detail)
 */
@customElement('mf-folder-tree')
@localized()
export class MfFolderTree extends LitElement {
  static override styles = [base, menuItems, treeStyles];

  @property({ attribute: false }) folders: readonly Folder[] = [];
  /** Id of the folder that is shown. */
  @property() current = '';
  /** Folders of somebody else: they are only looked at. */
  @property({ type: Boolean }) foreign = false;
  @property() label = '';
  @property({ attribute: false }) hrefOf: (id: string) => string = () => '';
  /** Ids of those that are open. */
  @property({ attribute: false }) open: ReadonlySet<string> = new Set();
  private _revealed = '';
  @state() private _focused = '';
  @state() private _hovered = '';
  @state() private _drop: { id: string; zone: Zone } | undefined;

  protected override willUpdate(): void {
    const path = pathTo(this.folders, this.current);
    if (path.length === 0 || this._revealed === this.current) return;
    this._revealed = this.current; // Once: what somebody shuts afterwards stays shut.
    const shut = path.slice(0, -1).filter(({ id }) => !this.open.has(id));
    if (shut.length > 0) this._setOpen([...this.open, ...shut.map(({ id }) => id)]);
  }

  protected override render() {
    const rows = layRows(this.folders, (id) => this.open.has(id));
    const known = rows.some(({ folder }) => folder.id === this._focused);
    const tabStop = known
      ? this._focused
      : (rows.find(({ folder }) => folder.id === this.current) ?? rows[0])?.folder.id;
    return html`<ul
      role="tree"
      aria-label=${this.label}
      @keydown=${this._onKey}
      @pointerleave=${() => (this._hovered = '')}
      @dragover=${this._onDragOver}
      @dragleave=${this._onDragLeave}
      @drop=${this._onDrop}
    >
      ${repeat(
        rows,
        ({ folder }) => folder.id,
        (row) => this._renderRow(row, row.folder.id === tabStop),
      )}
    </ul>`;
  }

  private _renderRow({ folder, level, hasFolders }: FolderRow, isTabStop: boolean) {
    const { id } = folder;
    const open = this.open.has(id);
    const zone = this._drop?.id === id ? this._drop.zone : '';
    const menu = !this.foreign && (id === this._hovered || id === this._focused || id === this.current);
    return html`<li
      role="treeitem"
      class=${classMap({ into: zone === 'into', before: zone === 'before' })}
      data-id=${id}
      data-drop-folder=${this.foreign ? nothing : id}
      aria-level=${level}
      aria-expanded=${hasFolders ? open : nothing}
      aria-selected=${id === this.current}
      aria-label=${`${folder.name}, ${formatNumber(folder.count)}`}
      tabindex=${isTabStop ? 0 : -1}
      @focus=${() => (this._focused = id)}
      @pointerenter=${() => (this._hovered = id)}
    >
      <div
        class="node"
        style="--d:${level}"
        draggable=${this.foreign ? 'false' : 'true'}
        @dragstart=${(event: DragEvent) => event.dataTransfer?.setData(FOLDER_TYPE, id)}
        @dragend=${() => (this._drop = undefined)}
      >
        ${
          hasFolders
            ? html`<span class="fold ${open ? 'open' : ''}" aria-hidden="true" @click=${() => this._toggle(id)}
                >${icon('chev-r', 'xs')}</span
              >`
            : html`<span class="gap"></span>`
        }
        <a href=${this.hrefOf(id)} tabindex="-1" draggable="false">
          ${icon('folder', 'sm')}<span class="clip grow" dir="auto">${folder.name}</span>
          ${folder.shares.length > 0 ? icon('users', 'xs') : nothing}
        </a>
        ${menu ? this._renderMenu(folder) : html`<span class="num t3 xs">${formatNumber(folder.count)}</span>`}
      </div>
    </li>`;
  }

  private _renderMenu({ id, name }: Folder) {
    return html`<mf-menu .label=${name}>
      <button slot="trigger" class="icb" tabindex="-1" aria-label=${t('folder_more', { name })}>
        ${icon('more', 'sm')}
      </button>
      ${folderMenuItems(this.folders, id, (move) => this._move(id, move))}
    </mf-menu>`;
  }

  private readonly _onKey = (event: KeyboardEvent): void => {
    const at = event.target;
    if (!(at instanceof HTMLElement) || at.dataset['id'] === undefined) return;
    const { id } = at.dataset;
    const step = event.altKey ? this._nudge(event.key, id) : isPlainKey(event) && this._step(event.key, id);
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
  };

  /** @returns whether the key meant something */
  private _step(key: string, id: string): boolean {
    const rows = layRows(this.folders, (known) => this.open.has(known));
    const at = rows.findIndex(({ folder }) => folder.id === id);
    const row = rows[at];
    if (!row) return false;
    const rtl = this.matches(':dir(rtl)');
    switch (rtl && key.startsWith('Arrow') ? mirrored(key) : key) {
      case 'ArrowDown':
        return this._focusRow(rows[at + 1]?.folder.id);
      case 'ArrowUp':
        return this._focusRow(rows[at - 1]?.folder.id);
      case 'Home':
        return this._focusRow(rows[0]?.folder.id);
      case 'End':
        return this._focusRow(rows.at(-1)?.folder.id);
      case 'ArrowRight':
        if (row.hasFolders && !this.open.has(id)) this._toggle(id);
        else if (row.hasFolders) this._focusRow(rows[at + 1]?.folder.id);
        return true;
      case 'ArrowLeft':
        if (row.hasFolders && this.open.has(id)) this._toggle(id);
        else this._focusRow(row.folder.parentId ?? undefined);
        return true;
      case 'Enter':
      case ' ':
        this.renderRoot.querySelector<HTMLElement>(`[data-id="${id}"] a`)?.click();
        return true;
      default:
        return !this.foreign && this._ask(key, id);
    }
  }

  private _ask(key: string, id: string): boolean {
    if (key === 'F2') askFolderAct(this, { kind: 'rename', id });
    else if (key.toLowerCase() === 'n') askFolderAct(this, { kind: 'new', parentId: id });
    else if (key === 'Delete') askFolderAct(this, { kind: 'delete', id });
    else return false;
    return true;
  }

  private _nudge(key: string, id: string): boolean {
    const way = NUDGE_KEYS[this.matches(':dir(rtl)') ? mirrored(key) : key];
    const move = way && !this.foreign ? nudge(this.folders, id, way) : undefined;
    if (!way || !move) return way !== undefined;
    if (move.parentId !== null) this._setOpen([...this.open, move.parentId]);
    this._move(id, move);
    return true;
  }

  private _focusRow(id: string | undefined): true {
    if (id !== undefined) this.renderRoot.querySelector<HTMLElement>(`[data-id="${id}"]`)?.focus();
    return true;
  }

  private _toggle(id: string): void {
    this._setOpen(this.open.has(id) ? [...this.open].filter((known) => known !== id) : [...this.open, id]);
  }

  private _setOpen(ids: readonly string[]): void {
    this.open = new Set(ids);
    this.dispatchEvent(new CustomEvent('mf-open', { detail: this.open }));
  }

  private _move(id: string, move: FolderMove): void {
    this.dispatchEvent(new CustomEvent('mf-move', { detail: { id, move }, bubbles: true, composed: true }));
  }

  private readonly _onDragOver = (event: DragEvent): void => {
    const found = this.foreign ? undefined : zoneOf(event);
    this._drop = found;
    if (found) event.preventDefault();
  };

  private readonly _onDragLeave = (event: DragEvent): void => {
    if (!(event.relatedTarget instanceof Node) || !this.renderRoot.contains(event.relatedTarget))
      this._drop = undefined;
  };

  private readonly _onDrop = (event: DragEvent): void => {
    this._drop = undefined;
    const dropped = readDrop(event, this.folders);
    if (!dropped) return;
    event.preventDefault();
    if (dropped.kind === 'folder') {
      this._move(dropped.id, dropped.move);
      return;
    }
    const { folderId, ids } = dropped;
    this.dispatchEvent(new CustomEvent('mf-drop-posts', { detail: { folderId, ids }, bubbles: true, composed: true }));
  };
}

const mirrored = (key: string): string =>
  key === 'ArrowLeft' ? 'ArrowRight' : key === 'ArrowRight' ? 'ArrowLeft' : key;

declare global {
  interface HTMLElementTagNameMap {
    'mf-folder-tree': MfFolderTree;
  }
}
