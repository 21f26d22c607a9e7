import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { downloadUrl } from '../api/media-url.ts';
import type { MediaItem, Post } from '../api/types.ts';
import { glyph, icon } from '../elements/icons.ts';
import type { IconName } from '../elements/icons.ts';
import '../elements/mf-menu.ts';
import { menuItems } from '../elements/mf-menu.ts';
import { base } from '../styles/base.ts';
import { formatAgo, formatBytes, formatClock, formatDate } from '../words/format.ts';
import { authorOf, handleOf, platformName, titleOf } from '../words/names.ts';
import { localized, t } from '../words/viewer.ts';
import type { MessageId } from '../words/viewer.ts';
import { splitCaption } from './caption-split.rules.ts';
import './mf-caption.ts';
import './mf-filing.ts';

/** Into the trash, out of it, or gone for good. */
export type DetailsWish = 'favourite' | 'trash' | 'restore' | 'purge';

/**
 * Everything known of a post and of the item that is shown.
 * @fires mf-wish - what is to be done with the post (detail: DetailsWish)
 * @fires mf-copy - the text to copy and what to say then: `{ text, done }` (detail)
 */
@customElement('mf-details')
@localized()
export class MfDetails extends LitElement {
  static override styles = [
    base,
    menuItems,
    css`
      :host {
        display: flex;
        flex-direction: column;
        gap: 18px;
        padding: 20px;
      }
      .av {
        display: grid;
        place-items: center;
        flex: none;
        inline-size: 42px;
        block-size: 42px;
        border-radius: 50%;
        background: var(--mf-surface-3);
      }
      h1 {
        font-size: var(--mf-text-lg);
        overflow-wrap: anywhere;
      }
      mf-caption:not(.alone) {
        margin-block-start: -10px;
      }
      h2 {
        margin-block-end: 9px;
        color: var(--mf-text-3);
        font-size: var(--mf-text-xs);
        font-weight: var(--mf-weight-mid);
      }
      dl {
        display: grid;
        gap: 5px;
        font-size: var(--mf-text-sm);
      }
      dl div {
        display: grid;
        grid-template-columns: 76px minmax(0, 1fr);
        align-items: center;
      }
      dt {
        color: var(--mf-text-3);
      }
      .icb.s {
        inline-size: 26px;
        block-size: 26px;
      }
      .do {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-block-start: auto;
      }
      .do .btn {
        flex: 1 1 100%;
        block-size: 40px;
      }
      .keys {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 12px;
      }
      .keys .kbd {
        margin-inline-end: 4px;
      }
    `,
  ];

  @property({ attribute: false }) post: Post | undefined;
  /** Which item is shown, counted from 0. */
  @property({ type: Number }) index = 0;
  /** It lies in the trash. */
  @property({ type: Boolean }) trashed = false;

  protected override render() {
    const { post } = this;
    const item = post?.items[this.index];
    if (!post || !item) return nothing;
    const title = titleOf(post);
    const { heading, caption } = splitCaption(title, post.caption ?? '');
    return html`${this._renderAuthor(post)}
      <h1 class=${heading ? '' : 'vh'} dir="auto" tabindex="-1">${title || platformName(post.platform)}</h1>
      ${caption ? html`<mf-caption class=${heading ? '' : 'alone'} .text=${caption}></mf-caption>` : nothing}
      <p class="xs t3">
        ${
          post.postedAt
            ? t('posted_saved', { posted: formatDate(post.postedAt), saved: formatAgo(post.addedAt) })
            : t('saved_when', { saved: formatAgo(post.addedAt) })
        }
      </p>
      <mf-filing .post=${post}></mf-filing>
      ${this._renderFile(post, item)}
      <div class="do">
        <a class="btn paper" href=${downloadUrl(item)} download>${icon('download', 'sm')}${t('download_original')}</a>
        <button
          class="icb line"
          aria-label=${t('share_link')}
          title=${t('share_link')}
          @click=${() => this._copy(post.url, t('copied'))}
        >
          ${icon('link')}
        </button>
        ${post.foreign ? nothing : this._renderOwn(post)}
      </div>
      <p class="keys xs t3 only-desk" aria-hidden="true">
        <span><b class="kbd">←</b><b class="kbd">→</b> ${t('keys_item')}</span
        ><span><b class="kbd">↑</b><b class="kbd">↓</b> ${t('keys_post')}</span>
        <span><b class="kbd">?</b> ${t('keys_all')}</span>
      </p>`;
  }

  /** What only its owner can do. */
  private _renderOwn({ favourite }: Post) {
    const action = (label: MessageId, symbol: IconName, wish: DetailsWish, pressed?: boolean) =>
      html`<button
        class="icb line"
        aria-label=${t(label)}
        title=${t(label)}
        aria-pressed=${pressed ?? nothing}
        @click=${() => this._wish(wish)}
      >
        ${icon(symbol)}
      </button>`;
    return html`${action('favourite', favourite ? 'heart-on' : 'heart', 'favourite', favourite)}
      ${this.trashed ? action('restore', 'retry', 'restore') : action('remove_key', 'trash', 'trash')}
      <mf-menu .label=${t('more')} side="above">
        <button slot="trigger" class="icb line" aria-label=${t('more')}>${icon('more')}</button>
        <button class="item" role="menuitem" @click=${() => this._wish('purge')}>
          ${icon('trash', 'sm')}${t('purge')} …
        </button>
      </mf-menu>`;
  }

  private _renderAuthor(post: Post) {
    const handle = handleOf(post);
    const name = authorOf(post) || platformName(post.platform);
    const link = safeLink(post.authorUrl);
    return html`<div class="row">
      <span class="av">${glyph(post.platform)}</span>
      <div class="grow">
        <p class="strong clip">
          ${link ? html`<a href=${link} target="_blank" rel="noreferrer noopener"><bdi>${name}</bdi></a>` : html`<bdi>${name}</bdi>`}
        </p>
        <p class="xs t3 clip">
          <bdi>${handle && handle !== name ? handle : ''}</bdi
          >${handle && handle !== name ? ' · ' : ''}${platformName(post.platform)}
        </p>
      </div>
      ${
        safeLink(post.url)
          ? html`<a
              class="icb"
              href=${post.url}
              target="_blank"
              rel="noreferrer noopener"
              aria-label=${t('open_original')}
              title=${t('open_original')}
              >${icon('out')}</a
            >`
          : nothing
      }
    </div>`;
  }

  private _renderFile(post: Post, item: MediaItem) {
    const size = item.width && item.height ? `${item.width} × ${item.height}` : '';
    const kind = [t(`kind_${item.kind}`), item.duration ? formatClock(item.duration) : '', size]
      .filter(Boolean)
      .join(', ');
    const name = `${item.sha256.slice(0, 8)}…${item.sha256.slice(-4)}`;
    return html`<section>
      <h2>
        ${t('file')} ${post.items.length > 1 ? t('file_of', { at: this.index + 1, all: post.items.length }) : nothing}
      </h2>
      <dl class="num">
        <div>
          <dt>${t('fact_kind')}</dt>
          <dd>${kind}</dd>
        </div>
        <div>
          <dt>${t('fact_type')}</dt>
          <dd><bdi>${item.mime}</bdi></dd>
        </div>
        <div>
          <dt>${t('fact_size')}</dt>
          <dd>${formatBytes(item.size)}</dd>
        </div>
        <div>
          <dt>${t('fact_name')}</dt>
          <dd class="mono row tight">
            <span class="clip" dir="ltr">${name}</span>
            <button
              class="icb s"
              aria-label=${t('copy_name')}
              title=${t('copy_name')}
              @click=${() => this._copy(item.sha256, t('name_copied'))}
            >
              ${icon('copy', 'xs')}
            </button>
          </dd>
        </div>
      </dl>
    </section>`;
  }

  private _wish(wish: DetailsWish): void {
    this.dispatchEvent(new CustomEvent<DetailsWish>('mf-wish', { detail: wish, bubbles: true, composed: true }));
  }

  private _copy(text: string, done: string): void {
    this.dispatchEvent(new CustomEvent('mf-copy', { detail: { text, done }, bubbles: true, composed: true }));
  }
}

/** An address of the outside, if it is one that may be opened. */
const safeLink = (url: string | null): string | undefined => (url && /^https?:\/\//i.test(url) ? url : undefined);

declare global {
  interface HTMLElementTagNameMap {
    'mf-details': MfDetails;
  }
}
