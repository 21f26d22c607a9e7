import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Count } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import type { IconName } from '../elements/icons.ts';
import { placeKey } from '../router/library-place.ts';
import type { LibraryPlace } from '../router/library-place.ts';
import { foldersContext, routerContext, toastsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { errorSentence } from '../words/errors.ts';
import { toApiError } from '../api/api-error.ts';
import { formatNumber } from '../words/format.ts';
import { localized, t } from '../words/library.ts';
import type { MessageId } from '../words/library.ts';
import { DropPosts } from './drop-posts.ts';
import { askFolderAct } from './folder-act.ts';
import type { FolderMove } from './folder-tree.rules.ts';
import './mf-folder-tree.ts';
import { OpenFolders } from './open-folders.ts';
import { treeStyles } from './tree.styles.ts';

const FIXED: readonly (readonly [LibraryPlace, IconName, MessageId])[] = [
  [{ kind: 'folder', id: 'inbox' }, 'inbox', 'inbox'],
  [{ kind: 'favourites' }, 'heart', 'favourites'],
  [{ kind: 'tags' }, 'tag', 'tags'],
  [{ kind: 'trash' }, 'trash', 'trash'],
];

/** All places of the library: at the side on a desktop, a page of its own on a phone. */
@customElement('mf-library-side')
@localized()
export class MfLibrarySide extends LitElement {
  static override styles = [
    base,
    treeStyles,
    css`
      .head {
        padding-inline: 8px 0;
        margin-block-end: 8px;
      }
      h1 {
        font-size: var(--mf-text-lg);
      }
      mf-folder-tree {
        margin-block-start: 10px;
      }
      .hint {
        padding: 8px;
        text-wrap: pretty;
      }
      [aria-current] > .node,
      .node[aria-current] {
        background: var(--mf-surface-4);
        color: var(--mf-text-1);
        font-weight: var(--mf-weight-mid);
      }
      @media (max-width: 699px) {
        h1 {
          font-size: var(--mf-text-2xl);
        }
      }
    `,
  ];

  @property({ attribute: false }) place: LibraryPlace = { kind: 'folders' };
  @state() private _open = OpenFolders.read();
  private readonly _folders = new UseStore(this, foldersContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _toasts = new UseStore(this, toastsContext);

  constructor() {
    super();
    new DropPosts(this);
  }

  protected override willUpdate(): void {
    this._folders.value?.open();
  }

  protected override render() {
    const folders = this._folders.value;
    const current = this.place.kind === 'folder' ? this.place.id : '';
    return html`<div class="row head">
        <h1 class="grow" tabindex="-1">${t('library')}</h1>
        <button
          class="icb"
          aria-label=${t('folder_new')}
          title=${t('folder_new')}
          @click=${() => askFolderAct(this, { kind: 'new', parentId: null })}
        >
          ${icon('folder-plus')}
        </button>
      </div>
      <nav aria-label=${t('library')}>
        ${FIXED.map(([place, symbol, label]) => this._renderFixed(place, symbol, t(label)))}
      </nav>
      <mf-folder-tree
        .folders=${folders?.list ?? []}
        .current=${current}
        .label=${t('folders')}
        .open=${this._open}
        .hrefOf=${this._hrefOf}
        @mf-open=${this._onOpen}
        @mf-move=${this._onMove}
      ></mf-folder-tree>
      ${folders?.state === 'ready' && folders.list.length === 0 ? html`<p class="hint xs t3">${t('folders_none')}</p>` : nothing}
      ${folders?.state === 'failed' ? this._renderFailed() : nothing}
      ${
        folders && folders.shared.length > 0
          ? html`<h2>${t('folders_shared')}</h2>
              <mf-folder-tree
                foreign
                .folders=${folders.shared}
                .current=${current}
                .label=${t('folders_shared')}
                .open=${this._open}
                .hrefOf=${this._hrefOf}
                @mf-open=${this._onOpen}
              ></mf-folder-tree>`
          : nothing
      }`;
  }

  private _renderFixed(place: LibraryPlace, symbol: IconName, label: string) {
    const count = this._countOf(place);
    return html`<div
      class="node"
      style="--d:1"
      aria-current=${placeKey(place) === placeKey(this.place) ? 'page' : nothing}
    >
      <span class="gap"></span>
      <a
        href=${this._router.value?.href({ name: 'library', place, filter: {} }) ?? ''}
        aria-current=${placeKey(place) === placeKey(this.place) ? 'page' : nothing}
      >
        ${icon(symbol, 'sm')}<span class="clip grow">${label}</span>
        ${count ? html`<span class="num t3 xs">${formatNumber(count.value)}${count.more ? '+' : ''}</span>` : nothing}
      </a>
    </div>`;
  }

  private _renderFailed() {
    return html`<p class="hint xs t2">${t('folders_failed')}</p>
      <button class="btn small" @click=${() => void this._folders.value?.load()}>${t('again')}</button>`;
  }

  private _countOf(place: LibraryPlace): Count | undefined {
    const folders = this._folders.value;
    if (place.kind === 'folder') return folders?.inbox;
    if (place.kind === 'favourites' || place.kind === 'trash') return folders?.[place.kind];
    return undefined;
  }

  private readonly _hrefOf = (id: string): string =>
    this._router.value?.href({ name: 'library', place: { kind: 'folder', id }, filter: {} }) ?? '';

  private readonly _onOpen = (event: CustomEvent<ReadonlySet<string>>): void => {
    this._open = event.detail;
    OpenFolders.keep(event.detail);
  };

  private readonly _onMove = (event: CustomEvent<{ id: string; move: FolderMove }>): void => {
    const { id, move } = event.detail;
    void this._folders.value?.move(id, move).catch((error: unknown) => {
      this._toasts.value?.show({ text: errorSentence(toApiError(error)), tone: 'bad' });
    });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-library-side': MfLibrarySide;
  }
}
