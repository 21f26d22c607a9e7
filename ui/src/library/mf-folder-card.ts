import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { largestThumbnail } from '../api/media-url.ts';
import type { Folder } from '../api/types.ts';
import '../elements/mf-blur.ts';
import { icon } from '../elements/icons.ts';
import { base } from '../styles/base.ts';
import { localized, tn } from '../words/library.ts';

/** A folder as a link: its cover, its name, how much is in it. */
@customElement('mf-folder-card')
@localized()
export class MfFolderCard extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        min-inline-size: 0;
      }
      a {
        display: grid;
        grid-template-columns: 58px minmax(0, 1fr);
        gap: 0 12px;
        align-items: center;
        padding: 8px;
        border-radius: var(--mf-radius-md);
        background: var(--mf-surface-1);
        box-shadow: var(--mf-lift-1);
        transition: background var(--mf-quick);
      }
      a:hover {
        background: var(--mf-surface-2);
      }
      :host([data-drop-over]) a {
        background: var(--mf-signal-tint);
        box-shadow: inset 0 0 0 1.5px var(--mf-signal-line);
      }
      a:focus-visible {
        border-radius: var(--mf-radius-md);
        box-shadow: var(--mf-focus);
      }
      .cover {
        position: relative;
        grid-row: span 2;
        display: grid;
        place-items: center;
        inline-size: 58px;
        block-size: 58px;
        overflow: hidden;
        border-radius: var(--mf-radius-sm);
        background: var(--mf-surface-3);
        color: var(--mf-text-3);
      }
      .cover > mf-blur,
      .cover > img {
        position: absolute;
        inset: 0;
        inline-size: 100%;
        block-size: 100%;
        object-fit: cover;
      }
      .name {
        align-self: end;
      }
      .n {
        align-self: start;
      }
      :host([large]) a {
        grid-template-columns: minmax(0, 1fr);
        gap: 2px;
        padding: 8px 8px 12px;
      }
      :host([large]) .cover {
        grid-row: auto;
        inline-size: 100%;
        block-size: auto;
        aspect-ratio: 4/3;
        margin-block-end: 8px;
      }
      :host([large]) .name,
      :host([large]) .n {
        padding-inline: 4px;
      }
    `,
  ];

  @property({ attribute: false }) folder: Folder | undefined;
  /** Folders inside, as the number that is told. */
  @property({ type: Number }) inside = 0;
  @property() href = '';
  /** With a large cover, for a page of folders. */
  @property({ type: Boolean, reflect: true }) large = false;

  protected override render() {
    const { folder } = this;
    if (!folder) return nothing;
    const counts = [tn('posts', folder.count), ...(this.inside > 0 ? [tn('n_folders', this.inside)] : [])];
    return html`<a href=${this.href}>
      <span class="cover">${this._renderCover(folder)}</span>
      <span class="name strong sm-t clip" dir="auto">${folder.name}</span>
      <span class="n xs t3 num clip">${counts.join(' · ')}</span>
    </a>`;
  }

  private _renderCover({ cover }: Folder) {
    const item = cover?.items.find(({ thumbnails }) => thumbnails.length > 0);
    if (!cover || !item) return icon('folder', 'lg');
    const blur = html`<mf-blur .hash=${item.thumbhash ?? ''}></mf-blur>`;
    return cover.nsfw
      ? blur
      : html`${blur}<img alt="" loading="lazy" decoding="async" src=${largestThumbnail(item) ?? ''} />`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-folder-card': MfFolderCard;
  }
}
