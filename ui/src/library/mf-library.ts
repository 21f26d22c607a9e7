import { html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { toApiError } from '../api/api-error.ts';
import type { ApiError } from '../api/api-error.ts';
import type { Folder } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-empty.ts';
import '../elements/mf-menu.ts';
import { menuItems } from '../elements/mf-menu.ts';
import '../home/mf-filters.ts';
import '../posts/mf-posts.ts';
import type { MfPosts } from '../posts/mf-posts.ts';
import { PlatformsController } from '../posts/platforms-controller.ts';
import type { Filter } from '../router/filter.ts';
import { filterOf } from '../router/library-place.ts';
import type { LibraryPlace } from '../router/library-place.ts';
import {
  foldersContext,
  libraryContext,
  preferencesContext,
  routerContext,
  selectionContext,
  toastsContext,
} from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { errorSentence } from '../words/errors.ts';
import { formatNumber } from '../words/format.ts';
import { localized, t, tn } from '../words/library.ts';
import { currentLocale } from '../words/t.ts';
import type { MessageId } from '../words/library.ts';
import { DropPosts } from './drop-posts.ts';
import { askFolderAct } from './folder-act.ts';
import { folderMenuItems } from './folder-menu.ts';
import { renderFolderSort } from './folder-sort-menu.ts';
import { sortFolders } from './folder-sort.rules.ts';
import { foldersIn, pathTo } from './folder-tree.rules.ts';
import type { FolderMove } from './folder-tree.rules.ts';
import { libraryStyles } from './library.styles.ts';
import './mf-folder-card.ts';
import './mf-library-side.ts';
import { pageStyles } from './page.styles.ts';
import { placeName } from './place-name.ts';

/** One place of the library: a folder, the inbox, favourites, a tag, or all folders. */
@customElement('mf-library')
@localized()
export class MfLibrary extends LitElement {
  static override styles = [base, menuItems, pageStyles, libraryStyles];

  @property({ attribute: false }) place: LibraryPlace = { kind: 'folders' };
  @property({ attribute: false }) filter: Filter = {};
  @query('mf-posts') private readonly _posts: MfPosts | null | undefined;
  private readonly _folders = new UseStore(this, foldersContext);
  private readonly _library = new UseStore(this, libraryContext);
  private readonly _preferences = new UseStore(this, preferencesContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _selection = new UseStore(this, selectionContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private readonly _platforms: PlatformsController = new PlatformsController(this);

  constructor() {
    super();
    new DropPosts(this);
  }

  /** Gives the focus back to the card that was seen last. */
  focusPost(postId: string): void {
    this._posts?.focusPost(postId);
  }

  protected override willUpdate(): void {
    this._folders.value?.open();
  }

  protected override render() {
    if (this.place.kind === 'folders') return this._renderFolders();
    const { place } = this;
    if (place.kind === 'folder' && place.id !== 'inbox' && !this._folder && this._folders.value?.state === 'ready')
      return html`<mf-empty icon="folder" .heading=${t('folder_gone')} .text=${t('folder_gone_text')}>
        <a class="btn big" href=${this._href({ kind: 'folders' })}>${t('folder_all')}</a>
      </mf-empty>`;
    return html`<div class="page">${this._renderCrumbs()} ${this._renderHead()}</div>
      ${this._renderInside()}
      <mf-filters .value=${this.filter} .platforms=${this._platforms.value} @mf-filter=${this._onFilter}></mf-filters>
      <mf-posts
        .filter=${this.filter}
        .all=${filterOf(place, this.filter)}
        .label=${t('wall_label_in', { place: this._name })}
        .empty=${this._renderEmpty}
        @mf-filter=${this._onFilter}
      ></mf-posts>`;
  }

  private _renderFolders() {
    const folders = this._folders.value;
    if (folders?.state === 'failed' && folders.error) return this._renderFailed(folders.error);
    const groups = [
      [t('folders'), folders?.list ?? [], true],
      [t('folders_shared'), folders?.shared ?? [], false],
    ] as const;
    return html`<div class="page only-phone"><mf-library-side .place=${this.place}></mf-library-side></div>
      <div class="only-desk">
        <div class="page head">
          <h1 tabindex="-1">${t('library')}</h1>
          <div class="tools">
            ${groups.some(([, list]) => list.length > 1) ? renderFolderSort(this._preferences.value) : nothing}
          </div>
        </div>
        ${groups.map(([label, list, own]) =>
          own || list.length > 0
            ? html`<section aria-label=${label}>
                ${own ? nothing : html`<h2>${label}</h2>`}
                <div class="grid">
                  ${this._sorted(foldersIn(list, null)).map((folder) => this._renderCard(folder.id, true))}
                  ${own ? this._renderNew(null) : nothing}
                </div>
              </section>`
            : nothing,
        )}
      </div>`;
  }

  private _renderFailed(error: ApiError) {
    return html`<div class="page head"><h1 tabindex="-1">${t('library')}</h1></div>
      <mf-empty icon="offline" .heading=${t('folders_failed')} .text=${errorSentence(error)}>
        <button class="btn big" @click=${() => void this._folders.value?.load()}>${t('again')}</button>
      </mf-empty>`;
  }

  private _renderCrumbs() {
    const path = this.place.kind === 'folder' ? pathTo(this._known, this.place.id).slice(0, -1) : [];
    return html`<nav class="crumbs" aria-label=${t('crumbs')}>
      <a href=${this._href({ kind: 'folders' })}>${t('library')}</a>
      ${path.map(
        ({ id, name }) =>
          html`${icon('chev-r', 'xs')}<a class="clip" dir="auto" href=${this._href({ kind: 'folder', id })}
              >${name}</a
            >`,
      )}
      ${icon('chev-r', 'xs')}<span class="clip" aria-current="page"><bdi>${this._name}</bdi></span>
    </nav>`;
  }

  private _renderHead() {
    const selection = this._selection.value;
    const inside = this._folder ? foldersIn(this._known, this._folder.id).length : 0;
    return html`<div class="head">
      <div>
        <h1 tabindex="-1" dir="auto">${this._name}</h1>
        <p class="num">${this._facts().join(' · ')}</p>
      </div>
      <div class="tools">
        <button
          class="icb"
          aria-pressed=${selection?.active ?? false}
          aria-label=${t('select')}
          title=${t('select')}
          @click=${() => (selection?.active ? selection.clear() : selection?.start())}
        >
          ${icon('select')}
        </button>
        ${inside > 1 ? renderFolderSort(this._preferences.value) : nothing}
        ${
          this._folder && !this._foreign
            ? html`<mf-menu .label=${this._name}>
                <button slot="trigger" class="icb" aria-label=${t('folder_more', { name: this._name })}>
                  ${icon('more')}
                </button>
                ${folderMenuItems(this._known, this._folder.id, (move) => this._move(move))}
              </mf-menu>`
            : nothing
        }
      </div>
    </div>`;
  }

  private _facts(): string[] {
    const count = this._library.value?.count;
    const inside = this._folder ? foldersIn(this._known, this._folder.id).length : 0;
    const shown = this._folder?.count ?? count?.value;
    return [
      ...(shown === undefined
        ? []
        : [count?.more && !this._folder ? t('posts_many', { n: formatNumber(shown) }) : tn('posts', shown)]),
      ...(inside > 0 ? [tn('n_folders', inside)] : []),
      ...(this._folder && this._folder.shares.length > 0 ? [tn('shared_with', this._folder.shares.length)] : []),
      ...(this._foreign ? [t('folder_foreign')] : []),
    ];
  }

  private _renderInside() {
    const folder = this._folder;
    if (!folder) return nothing;
    const inside = foldersIn(this._known, folder.id);
    if (inside.length === 0) return nothing;
    return html`<div class="subs" role="group" aria-label=${t('folders_in', { name: folder.name })}>
      ${this._sorted(inside).map(({ id }) => this._renderCard(id, false))}
      ${this._foreign ? nothing : this._renderNew(folder.id)}
    </div>`;
  }

  private _sorted(folders: readonly Folder[]): Folder[] {
    return sortFolders(folders, this._preferences.value?.folderSort ?? 'own', currentLocale());
  }

  private _renderCard(id: string, large: boolean) {
    const folder = this._folders.value?.byId(id);
    const known = this._folders.value?.isForeign(id) ? this._folders.value.shared : this._folders.value?.list;
    return html`<mf-folder-card
      data-drop-folder=${this._folders.value?.isForeign(id) ? nothing : id}
      ?large=${large}
      .folder=${folder}
      .inside=${foldersIn(known ?? [], id).length}
      .href=${this._href({ kind: 'folder', id })}
    ></mf-folder-card>`;
  }

  private _renderNew(parentId: string | null) {
    return html`<button class="new" @click=${() => askFolderAct(this, { kind: 'new', parentId })}>
      <span>${icon('plus', 'lg')}</span>${t('folder_new')}
    </button>`;
  }

  private readonly _renderEmpty = () => {
    const { kind } = this.place;
    const words: readonly [MessageId, MessageId] =
      kind === 'folder' && this.place.id === 'inbox'
        ? ['inbox_empty', 'inbox_empty_text']
        : kind === 'favourites'
          ? ['favourites_empty', 'favourites_empty_text']
          : ['folder_empty', kind === 'tag' ? 'tags_empty_text' : 'folder_empty_text'];
    const symbol = kind === 'favourites' ? 'heart' : kind === 'tag' ? 'tag' : this._folder ? 'folder' : 'inbox';
    return html`<mf-empty
      icon=${symbol}
      .heading=${t(words[0], { name: this._name })}
      .text=${t(words[1])}
    ></mf-empty>`;
  };

  private get _folder() {
    return this.place.kind === 'folder' ? this._folders.value?.byId(this.place.id) : undefined;
  }

  private get _foreign(): boolean {
    return this.place.kind === 'folder' && (this._folders.value?.isForeign(this.place.id) ?? false);
  }

  /** The folders among which the present one lies. */
  private get _known() {
    return (this._foreign ? this._folders.value?.shared : this._folders.value?.list) ?? [];
  }

  private get _name(): string {
    return this._folders.value ? placeName(this.place, this._folders.value) : '';
  }

  private _href(place: LibraryPlace): string {
    return this._router.value?.href({ name: 'library', place, filter: {} }) ?? '';
  }

  private _move(move: FolderMove): void {
    const folder = this._folder;
    if (!folder) return;
    void this._folders.value?.move(folder.id, move).catch((error: unknown) => {
      this._toasts.value?.show({ text: errorSentence(toApiError(error)), tone: 'bad' });
    });
  }

  private readonly _onFilter = (event: CustomEvent<Filter>): void => {
    this._router.value?.go({ name: 'library', place: this.place, filter: event.detail });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-library': MfLibrary;
  }
}
