import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { keyed } from 'lit/directives/keyed.js';
import { styleMap } from 'lit/directives/style-map.js';
import { coverOf, playUrl, smallestThumbnail, thumbnailSet } from '../api/media-url.ts';
import type { Post } from '../api/types.ts';
import '../elements/mf-blur.ts';
import { icon } from '../elements/icons.ts';
import { originStyles, renderOrigin } from '../elements/origin.ts';
import { base } from '../styles/base.ts';
import { formatAgo } from '../words/format.ts';
import { authorOf, cardName, durationOf, titleOf } from '../words/names.ts';
import { localized, t, tn } from '../words/t.ts';
import { averageColour, blurAddress, whenIdle } from './card-blur.ts';
import { isStack, ratioOf } from './card.rules.ts';
import { cardStyles } from './card.styles.ts';
import { previewOf } from './preview.rules.ts';

/** What a card shows. */
export type CardValues = Pick<MfCard, 'post' | 'href' | 'width' | 'picked' | 'picking' | 'current'>;

/**
 * A post on the wall: one link, named "TikTok video: title", and its tick. Presses are the wall's to understand.
 * @fires mf-file - wants it put into folders: its id alone in a list (detail)
 */
@customElement('mf-card')
@localized()
export class MfCard extends LitElement {
  static override styles = [
    base,
    originStyles,
    cardStyles,
    css`
      .nsfw .media > mf-blur {
        filter: blur(12px);
      }
      .nsfw .media {
        overflow: hidden;
      }
      .veil {
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
  @property({ type: Boolean, reflect: true }) preview = false;

  @state() private _broken = false;
  @query('.media') private readonly _link: HTMLAnchorElement | null | undefined;
  @query('.media > img') private readonly _image: HTMLImageElement | null | undefined;
  private _forgetBlur: () => void = () => undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._forgetBlur();
  }

  /** Shows something else, at once: the wall draws as many cards as a frame has time for. */
  fill(values: CardValues): void {
    Object.assign(this, values);
    this.performUpdate();
  }

  override focus(options?: FocusOptions): void {
    this._link?.focus(options);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // Another one, or the same one read anew: the picture may be there now.
    if (changed.has('post')) this._broken = false;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('post') || changed.get('post')?.id === this.post?.id) return;
    this._forgetBlur();
    this._link?.style.removeProperty('background-image');
    this._link?.classList.remove('is-late');
    // Pictures out of the cache are there at once; only for the others a blur is drawn, and they fade in over it.
    if (this._image && !this._image.complete) this._forgetBlur = whenIdle(this._drawBlur);
  }

  protected override render() {
    const { post } = this;
    if (!post) return nothing;
    const title = titleOf(post);
    const silent = !post.items.some((item) => item.kind !== 'audio') && coverOf(post)?.thumbnails.length === 0;
    const broken = !silent && (this._broken || (coverOf(post)?.thumbnails.length ?? 0) === 0);
    return html`<article
      class=${classMap({ stack: isStack(post), shows: !silent && !broken, broken, silent, nsfw: post.nsfw && !broken })}
    >
      <div class="frame">
        <a
          class="media"
          href=${this.href}
          aria-label=${cardName(post)}
          tabindex=${this.current ? 0 : -1}
          style=${styleMap({ aspectRatio: String(ratioOf({ post })), backgroundColor: silent || broken ? undefined : averageColour(coverOf(post)?.thumbhash ?? '') })}
        >
          ${silent ? icon('audio', 'lg') : broken ? this._renderBroken(post) : this._renderPicture(post)}
          ${renderOrigin({ platform: post.platform, kind: post.kind, duration: durationOf(post), count: post.items.length })}
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
    if (post.nsfw)
      return html`<mf-blur .hash=${cover.thumbhash ?? ''}></mf-blur><span class="veil" aria-hidden="true">18+</span>`;
    // An own element for each picture: one that gets another address shows the old picture until the new one is there.
    return html`${keyed(
      cover.id,
      html`<img
        alt=""
        decoding="async"
        srcset=${thumbnailSet(cover)}
        sizes="${Math.round(this.width)}px"
        src=${smallestThumbnail(cover) ?? ''}
        @load=${this._onLoad}
        @animationend=${() => this._link?.classList.remove('is-late')}
        @error=${() => (this._broken = true)}
      />`,
    )}${moving ? html`<mf-preview .src=${playUrl(moving)}></mf-preview>` : nothing}`;
  }

  private readonly _drawBlur = (): void => {
    const address =
      this._image?.complete === false ? blurAddress(coverOf(this.post ?? { items: [] })?.thumbhash ?? '') : undefined;
    if (address) this._link?.style.setProperty('background-image', `url(${address})`);
  };

  private readonly _onLoad = (): void => {
    this._forgetBlur();
    if (!this._link?.style.backgroundImage) return;
    this._link.classList.add('is-late');
    this._link.style.removeProperty('background-image');
  };

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
