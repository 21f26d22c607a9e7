import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { toApiError } from '../api/api-error.ts';
import type { Post } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-dialog.ts';
import type { LibraryPlace } from '../router/library-place.ts';
import { changePost } from '../select/change.rules.ts';
import type { Change } from '../select/change.rules.ts';
import '../select/mf-folder-picker.ts';
import type { FolderToggle } from '../select/mf-folder-picker.ts';
import '../select/mf-tag-picker.ts';
import type { TagToggle } from '../select/mf-tag-picker.ts';
import { changesContext, foldersContext, routerContext, toastsContext } from '../state/contexts.ts';
import type { DoneWords } from '../state/changes.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { errorSentence } from '../words/errors.ts';
import { localized, t, tn } from '../words/viewer.ts';

/**
 * Where a post is filed: its folders and tags, and whether it is a favourite; each changed in place.
 * @fires mf-post - the post as it is now (detail)
 */
@customElement('mf-filing')
@localized()
export class MfFiling extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
      }
      h2 {
        margin-block-end: 7px;
        color: var(--mf-text-3);
        font-size: var(--mf-text-xs);
        font-weight: var(--mf-weight-mid);
      }
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px;
      }
      li {
        display: inline-flex;
        align-items: center;
        max-inline-size: 100%;
        min-block-size: 28px;
        border-radius: var(--mf-radius-full);
        background: var(--mf-surface-3);
        font-size: var(--mf-text-xs);
        font-weight: var(--mf-weight-mid);
      }
      li.plain {
        background: none;
      }
      li > a {
        padding-inline-start: 11px;
        line-height: 28px;
      }
      li > a:hover {
        color: var(--mf-signal-text);
      }
      .x {
        display: grid;
        place-items: center;
        flex: none;
        inline-size: 28px;
        block-size: 28px;
        border-radius: 50%;
        color: var(--mf-text-3);
      }
      .x:hover {
        color: var(--mf-text-1);
      }
      .add {
        display: inline-flex;
        align-items: center;
        gap: 5px;
        min-block-size: 28px;
        padding-inline: 10px;
        border-radius: var(--mf-radius-full);
        box-shadow: inset 0 0 0 1px var(--mf-line-2);
        color: var(--mf-text-2);
        font-size: var(--mf-text-xs);
        font-weight: var(--mf-weight-mid);
      }
      .add:hover {
        color: var(--mf-text-1);
      }
      .add:focus-visible,
      .x:focus-visible,
      li > a:focus-visible {
        border-radius: var(--mf-radius-full);
        box-shadow: var(--mf-focus);
      }
      @media (max-width: 699px) {
        li,
        .add {
          min-block-size: 40px;
        }
        .x {
          inline-size: 40px;
          block-size: 40px;
        }
      }
    `,
  ];

  @property({ attribute: false }) post: Post | undefined;
  @state() private _sheet: 'folders' | 'tags' | undefined;
  private readonly _folders = new UseStore(this, foldersContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private readonly _changes = new UseValue(this, changesContext);

  openFolders(): void {
    this._sheet = 'folders';
  }

  openTags(): void {
    this._sheet = 'tags';
  }

  protected override willUpdate(): void {
    this._folders.value?.open();
  }

  protected override render() {
    const { post } = this;
    if (!post || post.foreign) return nothing;
    return html`<section aria-labelledby="folders">
        <h2 id="folders">${t('folders')}</h2>
        <ul>
          ${post.folderIds.map((id) => this._renderFolder(id))}
          <li class="plain">
            <button class="add" title=${t('add_to_folder_key')} @click=${() => this.openFolders()}>
              ${icon('plus', 'xs')}${post.folderIds.length === 0 ? t('add_to_folder') : t('filing_add')}
            </button>
          </li>
        </ul>
      </section>
      <section aria-labelledby="tags">
        <h2 id="tags">${t('tags')}</h2>
        <ul>
          ${post.tags.map((tag) => this._renderTag(tag))}
          <li class="plain">
            <button class="add" title=${t('tag_key')} @click=${() => this.openTags()}>
              ${icon('plus', 'xs')}${post.tags.length === 0 ? t('tag_add') : t('filing_add')}
            </button>
          </li>
        </ul>
      </section>
      ${this._renderSheet(post)}`;
  }

  private _renderFolder(id: string) {
    const name = this._folders.value?.byId(id)?.name;
    if (name === undefined) return nothing;
    return this._chip(name, { kind: 'folder', id }, t('take_out', { folder: name }), () => this._file(id, name, false));
  }

  private _renderTag(tag: string) {
    return this._chip(`#${tag}`, { kind: 'tag', tag }, t('tag_off', { tag }), () => this._tag(tag, false));
  }

  private _chip(label: string, place: LibraryPlace, remove: string, onRemove: () => void) {
    return html`<li>
      <a class="clip" dir="auto" href=${this._router.value?.href({ name: 'library', place, filter: {} }) ?? ''}
        >${label}</a
      >
      <button class="x" aria-label=${remove} title=${remove} @click=${onRemove}>${icon('close', 'xs')}</button>
    </li>`;
  }

  private _renderSheet(post: Post) {
    if (this._sheet === 'folders')
      return html`<mf-dialog size="s" .label=${t('add_to_folder')} @mf-close=${this._shut}>
        <mf-folder-picker
          autofocus
          .folders=${this._folders.value?.list ?? []}
          .posts=${[post]}
          @mf-toggle=${this._onFolder}
          @mf-create=${this._onCreate}
        ></mf-folder-picker>
      </mf-dialog>`;
    if (this._sheet === 'tags')
      return html`<mf-dialog size="s" .label=${t('tags')} @mf-close=${this._shut}>
        <mf-tag-picker autofocus .posts=${[post]} @mf-toggle=${this._onTag}></mf-tag-picker>
      </mf-dialog>`;
    return nothing;
  }

  private readonly _shut = (event: Event): void => {
    event.stopPropagation();
    this._sheet = undefined;
  };

  private readonly _onFolder = (event: CustomEvent<FolderToggle>): void => {
    const { folder, on } = event.detail;
    this._file(folder.id, folder.name, on);
  };

  private readonly _onTag = (event: CustomEvent<TagToggle>): void => this._tag(event.detail.tag, event.detail.on);

  private readonly _onCreate = async (event: CustomEvent<string>): Promise<void> => {
    try {
      const made = await this._folders.value?.create(event.detail, null);
      if (made) this._file(made.id, made.name, true);
    } catch (error) {
      this._toasts.value?.show({ text: errorSentence(toApiError(error)), tone: 'bad' });
    }
  };

  private _file(id: string, folder: string, on: boolean): void {
    this._apply({ action: on ? 'addToFolder' : 'removeFromFolder', options: { folder: id } }, (n) =>
      tn(on ? 'bulk_added' : 'bulk_taken_out', n, { folder }),
    );
  }

  private _tag(tag: string, on: boolean): void {
    this._apply({ action: on ? 'addTags' : 'removeTags', options: { tags: [tag] } }, (n) =>
      tn(on ? 'bulk_tagged' : 'bulk_untagged', n, { tag }),
    );
  }

  private _apply(change: Change, done: DoneWords): void {
    const { post } = this;
    if (!post) return;
    void this._changes.value?.apply(change, [post], done);
    this.dispatchEvent(
      new CustomEvent<Post>('mf-post', { detail: changePost(change, post), bubbles: true, composed: true }),
    );
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-filing': MfFiling;
  }
}
