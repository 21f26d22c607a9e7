import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Folder, Post } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import { menuItems } from '../elements/mf-menu.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { localized, t } from '../words/select.ts';
import { findFolders } from './folder-search.rules.ts';
import type { FolderHit } from './folder-search.rules.ts';
import { pickerStyles } from './picker.styles.ts';
import { walkList } from './walk-list.ts';
import { shareOf } from './selection.rules.ts';
import type { Share } from './selection.rules.ts';

/** A folder that was ticked or let go of. */
export interface FolderToggle {
  readonly folder: Folder;
  readonly on: boolean;
}

const CHECKED = { all: 'true', some: 'mixed', none: 'false' } as const satisfies Record<Share, string>;

/**
 * Folders to put posts into, each on, off or mixed; what is typed finds one or makes one.
 * @fires mf-toggle - a folder, and whether the posts are in it from now on (detail: FolderToggle)
 * @fires mf-create - name of a folder to be made for them (detail)
 */
@customElement('mf-folder-picker')
@localized()
export class MfFolderPicker extends LitElement {
  static override styles = [base, fields, menuItems, pickerStyles];

  @property({ attribute: false }) folders: readonly Folder[] = [];
  @property({ attribute: false }) posts: readonly Pick<Post, 'folderIds'>[] = [];
  /** Posts that are not at hand are meant as well: nothing is known of what they are in. */
  @property({ type: Boolean }) many = false;
  /** Only one is chosen, as for a move. */
  @property({ type: Boolean }) single = false;
  @state() private _text = '';
  @query('input') private readonly _input: HTMLInputElement | null | undefined;

  /** With a finger the list is meant first: the field would bring the keyboard up. */
  override focus(): void {
    if (window.matchMedia('(hover: hover)').matches) void this.updateComplete.then(() => this._input?.focus());
  }

  protected override render() {
    const hits = findFolders(this.folders, this._text);
    const name = this._text.trim();
    const makes =
      name !== '' && !hits.some(({ folder }) => folder.name.toLocaleLowerCase() === name.toLocaleLowerCase());
    return html`<div class="picker" @keydown=${(event: KeyboardEvent) => walkList(event, this.renderRoot)}>
      <label class="input">
        ${icon('search', 'sm')}
        <input
          type="search"
          aria-label=${t('picker_find')}
          placeholder=${t('picker_find')}
          autocomplete="off"
          enterkeyhint="done"
          maxlength="255"
          .value=${this._text}
          @input=${() => (this._text = this._input?.value ?? '')}
          @keydown=${this._onEnter}
        />
      </label>
      <div class="list" role="group" aria-label=${t('folders')}>${hits.map((hit) => this._renderHit(hit))}</div>
      ${hits.length === 0 && !makes ? html`<p class="sm-t t3 foot-note">${t('folders_none')}</p>` : nothing}
      ${
        makes
          ? html`<hr />
              <button class="item" @click=${() => this._create(name)}>
                ${icon('plus', 'sm')}<span class="grow">${t('picker_make', { name })}</span>
                <b class="kbd only-desk">${t('picker_make_keys')}</b>
              </button>`
          : nothing
      }
      <p class="xs t3 foot-note">${t('picker_note')}</p>
    </div>`;
  }

  private _renderHit({ folder, path, from, to }: FolderHit<Folder>) {
    const share = shareOf(this.posts, ({ folderIds }) => folderIds.includes(folder.id));
    const n = this.posts.filter(({ folderIds }) => folderIds.includes(folder.id)).length;
    const hint = share === 'some' && !this.many ? t('picker_some', { n, all: this.posts.length }) : '';
    const words = html`<span class="grow" dir="auto"
      >${path.slice(0, from)}${to > from ? html`<b>${path.slice(from, to)}</b>` : nothing}${path.slice(to)}
      ${hint ? html`<small>${hint}</small>` : nothing}</span
    >`;
    if (this.single)
      return html`<button class="item" @click=${() => this._toggle(folder, true)}>
        ${icon('folder', 'sm')}${words}
      </button>`;
    return html`<button
      class="item"
      role="checkbox"
      aria-checked=${CHECKED[share]}
      @click=${() => this._toggle(folder, share !== 'all')}
    >
      <span class="tick">${icon(share === 'some' ? 'minus' : 'check', 'xs')}</span>${words}
    </button>`;
  }

  private readonly _onEnter = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.isComposing) return;
    event.preventDefault();
    const name = this._text.trim();
    const [hit] = findFolders(this.folders, this._text);
    if (name && (event.ctrlKey || event.metaKey || !hit)) this._create(name);
    else if (hit && name)
      this._toggle(hit.folder, shareOf(this.posts, (post) => post.folderIds.includes(hit.folder.id)) !== 'all');
  };

  private _toggle(folder: Folder, on: boolean): void {
    const detail: FolderToggle = { folder, on };
    this.dispatchEvent(new CustomEvent('mf-toggle', { detail, bubbles: true, composed: true }));
  }

  private _create(name: string): void {
    this.dispatchEvent(new CustomEvent('mf-create', { detail: name, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-folder-picker': MfFolderPicker;
  }
}
