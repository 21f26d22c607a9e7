import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { styleMap } from 'lit/directives/style-map.js';
import { coverOf, fileUrl, smallestThumbnail, thumbnailSet } from '../api/media-url.ts';
import type { Post } from '../api/types.ts';
import '../elements/mf-blur.ts';
import '../elements/mf-origin.ts';
import { icon } from '../elements/icons.ts';
import { base } from '../styles/base.ts';
import { formatAgo } from '../words/format.ts';
import { authorOf, cardName, durationOf, titleOf } from '../words/names.ts';
import { localized, t, tn } from '../words/t.ts';
import { isStack, ratioOf } from './card.rules.ts';
import { cardStyles } from './card.styles.ts';
import { previewOf } from './preview.rules.ts';

/**
 * A post on the wall: one link, named "TikTok video: title", and its tick. Presses are the wall's to understand.
 * @fires mf-file - wants it put into folders: its id alone in a list (detail)
 */
@customElement('mf-card')
@localized()
export class MfCard extends LitElement {
  static override styles = [
    base,
    cardStyles,
    css`
      .nsfw .media > mf-blur {
        filter: blur(12px);
      }
      .nsfw .media {
        overflow: hidden;
      }
      .veil {
        position: absolute;
        inset: 0;
        z-index: 1;
        display: grid;
        place-content: center;
        color: var(--mf-on-media);
        font-size: var(--mf-text-sm);
        font-weight: var(--mf-weight-strong);
      }
    `,
  ];

  @property({ attribute: false }) post: Post | undefined;
  /** Where the link leads. */
  @property() href = '';
  /** CSS pixels, so that the browser takes a thumbnail that fits. */
  @property({ type: Number }) width = 190;
  /** Roving focus: one card of the wall is in the tab order. */
  @property({ type: Boolean }) current = false;
  @property({ type: Boolean, reflect: true }) picked = false;
  /** Some card is picked: all show their ticks. */
  @property({ type: Boolean, reflect: true }) picking = false;

  /** Plays what moves in it. */
  @property({ type: Boolean }) preview = false;

  @state() private _broken = false;
  @query('a') private readonly _link: HTMLAnchorElement | null | undefined;
  @query('img') private readonly _image: HTMLImageElement | null | undefined;

  override focus(options?: FocusOptions): void {
    this._link?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('post') && changed.get('post')?.id !== this.post?.id) this._broken = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    // Pictures out of the cache are there at once; only the others fade in.
    if (changed.has('post') && this._image && !this._image.complete) this._image.classList.add('is-late');
  }

  protected override render() {
    const { post } = this;
    if (!post) return nothing;
    const title = titleOf(post);
    const silent = !post.items.some((item) => item.kind !== 'audio') && coverOf(post)?.thumbnails.length === 0;
    const broken = !silent && (this._broken || (coverOf(post)?.thumbnails.length ?? 0) === 0);
    return html`<article
      class=${classMap({ stack: isStack(post), broken, silent, nsfw: post.nsfw && !broken })}
      style=${styleMap({ '--r': String(ratioOf({ post })) })}
    >
      <div class="frame">
        <a class="media" href=${this.href} aria-label=${cardName(post)} tabindex=${this.current ? 0 : -1}>
          ${silent ? icon('audio', 'lg') : broken ? this._renderBroken(post) : this._renderPicture(post)}
          <mf-origin
            .platform=${post.platform}
            .kind=${post.kind}
            .duration=${durationOf(post)}
            .count=${post.items.length}
          ></mf-origin>
        </a>
        ${this._renderFolders(post)} ${post.foreign ? nothing : this._renderTools(post)}
      </div>
      <div class="text">
        ${title ? html`<h3 class="clamp2" dir="auto">${title}</h3>` : nothing}
        <p><bdi>${authorOf(post)}</bdi><time datetime=${post.addedAt}>${formatAgo(post.addedAt)}</time></p>
      </div>
    </article>`;
  }

  private _renderFolders({ folderIds, favourite }: Post) {
    if (folderIds.length < 2 && !favourite) return nothing;
    return html`<span class="marks">
      ${favourite ? html`<span class="mark" role="img" aria-label=${t('favourite')} title=${t('favourite')}>${icon('heart', 'xs')}</span>` : nothing}
      ${
        folderIds.length > 1
          ? html`<span
              class="mark num"
              role="img"
              aria-label=${tn('in_folders', folderIds.length)}
              title=${tn('in_folders', folderIds.length)}
              >${icon('folder', 'xs')}${folderIds.length}</span
            >`
          : nothing
      }
    </span>`;
  }

  private _renderTools(post: Post) {
    return html`<button
        class="pick"
        role="checkbox"
        aria-checked=${this.picked}
        aria-label=${t('pick')}
        tabindex=${this.current ? 0 : -1}
      >
        ${icon('check', 'sm')}
      </button>
      <button
        class="icb glass file only-desk"
        aria-label=${t('add_to_folder')}
        title=${t('add_to_folder_key')}
        tabindex=${this.current ? 0 : -1}
        @click=${() => this.dispatchEvent(new CustomEvent('mf-file', { detail: [post.id], bubbles: true, composed: true }))}
      >
        ${icon('folder-plus', 'sm')}
      </button>`;
  }

  private _renderPicture(post: Post) {
    const cover = coverOf(post);
    if (!cover) return nothing;
    const moving = this.preview ? previewOf(post) : undefined;
    const blur = html`<mf-blur .hash=${cover.thumbhash ?? ''}></mf-blur>`;
    if (post.nsfw) return html`${blur}<span class="veil" aria-hidden="true">18+</span>`;
    return html`${blur}
      <img
        alt=""
        decoding="async"
        srcset=${thumbnailSet(cover)}
        sizes="${Math.round(this.width)}px"
        src=${smallestThumbnail(cover) ?? ''}
        @load=${() => this._image?.classList.remove('is-late')}
        @error=${() => (this._broken = true)}
      />${moving ? html`<mf-preview .src=${fileUrl(moving)}></mf-preview>` : nothing}`;
  }

  private _renderBroken(post: Post) {
    const kind = coverOf(post)?.kind ?? 'image';
    return html`${icon('broken', 'lg')}<span>${t('card_broken')}<br />${t(`card_broken_${kind}`)}</span>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-card': MfCard;
  }
}
