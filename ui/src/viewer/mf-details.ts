import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { downloadUrl } from '../api/media-url.ts';
import type { MediaItem, Post } from '../api/types.ts';
import { glyph, icon } from '../elements/icons.ts';
import type { IconName } from '../elements/icons.ts';
import '../elements/mf-menu.ts';
import { menuItems } from '../elements/mf-menu.ts';
import { canShare } from '../elements/share.ts';
import { base } from '../styles/base.ts';
import { formatAgo, formatBytes, formatClock, formatDate } from '../words/format.ts';
import { authorOf, handleOf, platformName, titleOf } from '../words/names.ts';
import { localized, t, tn } from '../words/viewer.ts';
import type { MessageId } from '../words/viewer.ts';
import { splitCaption } from './caption-split.rules.ts';
import { detailsStyles } from './details.styles.ts';
import './mf-caption.ts';
import './mf-filing.ts';
import type { MfFiling } from './mf-filing.ts';
import './mf-own-words.ts';
import type { MfOwnWords } from './mf-own-words.ts';

/** What somebody wants of a post: into the trash, out of it, gone for good, this item hidden, all items shown … */
export type DetailsWish = 'favourite' | 'share' | 'hide' | 'unhide' | 'trash' | 'restore' | 'purge';

/**
 * Everything known of a post and of the item that is shown.
 * @fires mf-wish - what is to be done with the post (detail: DetailsWish)
 * @fires mf-copy - the text to copy and what to say then: `{ text, done }` (detail)
 */
@customElement('mf-details')
@localized()
export class MfDetails extends LitElement {
  static override styles = [base, menuItems, detailsStyles];

  @property({ attribute: false }) post: Post | undefined;
  /** Which item is shown, counted from 0. */
  @property({ type: Number }) index = 0;
  /** It lies in the trash. */
  @property({ type: Boolean }) trashed = false;

  /** Where it is filed, to be opened by a key. */
  get filing(): MfFiling | null {
    return this.renderRoot.querySelector('mf-filing');
  }

  /** What the person says of it. */
  get words(): MfOwnWords | null {
    return this.renderRoot.querySelector('mf-own-words');
  }

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
      <mf-own-words .post=${post}></mf-own-words>
      ${this._renderFile(post, item)} ${this._renderHidden(post)}
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
        ${canShare() ? this._action('share', 'share', 'share') : nothing}
        ${post.foreign ? nothing : this._renderOwn(post)}
      </div>
      <p class="keys xs t3 only-desk" aria-hidden="true">
        <span><b class="kbd">←</b><b class="kbd">→</b> ${t('keys_item')}</span
        ><span><b class="kbd">↑</b><b class="kbd">↓</b> ${t('keys_post')}</span>
        <span><b class="kbd">?</b> ${t('keys_all')}</span>
      </p>`;
  }

  /** What only its owner can do. */
  private _renderOwn({ favourite, items }: Post) {
    return html`${this._action('favourite', favourite ? 'heart-on' : 'heart', 'favourite', favourite)}
      ${this.trashed ? this._action('restore', 'retry', 'restore') : this._action('remove_key', 'trash', 'trash')}
      <mf-menu .label=${t('more')} side="above">
        <button slot="trigger" class="icb line" aria-label=${t('more')}>${icon('more')}</button>
        ${
          items.length > 1
            ? html`<button class="item" role="menuitem" @click=${() => this._wish('hide')}>
                ${icon('eye', 'sm')}${t('item_hide')}
              </button>`
            : nothing
        }
        <button class="item" role="menuitem" @click=${() => this._wish('purge')}>
          ${icon('trash', 'sm')}${t('purge')} …
        </button>
      </mf-menu>`;
  }

  private _action(label: MessageId, symbol: IconName, wish: DetailsWish, pressed?: boolean) {
    return html`<button
      class="icb line"
      aria-label=${t(label)}
      title=${t(label)}
      aria-pressed=${pressed ?? nothing}
      @click=${() => this._wish(wish)}
    >
      ${icon(symbol)}
    </button>`;
  }

  private _renderHidden({ hiddenItems }: Post) {
    if (hiddenItems.length === 0) return nothing;
    return html`<p class="xs t3 row tight wrap">
      ${tn('items_hidden', hiddenItems.length)}
      <button class="btn small" @click=${() => this._wish('unhide')}>${t('items_unhide')}</button>
    </p>`;
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
