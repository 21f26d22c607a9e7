import { html, nothing } from 'lit';
import type { ApiError } from '../api/api-error.ts';
import { downloadUrl } from '../api/media-url.ts';
import type { Count, MediaItem, Post } from '../api/types.ts';
import { glyph, icon } from '../elements/icons.ts';
import '../elements/mf-empty.ts';
import { canShare } from '../elements/share.ts';
import { errorSentence } from '../words/errors.ts';
import { formatBytes, formatNumber } from '../words/format.ts';
import { authorOf, titleOf } from '../words/names.ts';
import { t } from '../words/viewer.ts';
import type { Place } from './place.ts';

type Step = (step: 1 | -1) => void;

interface Top {
  readonly post: Post;
  readonly place: Place;
  /** Which of all it is, counted from 1; nothing where that is not known. */
  readonly number: number | undefined;
  readonly count: Count | undefined;
  readonly wide: boolean;
  readonly steps: { readonly post: (step: 1 | -1) => void };
  readonly onClose: () => void;
  readonly onDetails: () => void;
  /** Between the whole picture and near. */
  readonly onZoom: () => void;
}

/** The bar over the picture: close, where one is, the ways to other posts. */
export function renderTop({ post, place, number, count, wide, steps, onClose, onDetails, onZoom }: Top) {
  const all = count ? `${formatNumber(count.value)}${count.more ? '+' : ''}` : '';
  const item = post.items[place.index];
  const kind = t(`kind_${item?.kind ?? 'image'}`);
  return html`<header class="top">
    <button class="icb glass" aria-label=${t('viewer_close')} title=${t('viewer_close')} @click=${onClose}>
      ${icon('close')}
    </button>
    <span class="pos num only-desk">
      ${number !== undefined && all ? t('viewer_position', { at: formatNumber(number), all }) : ''}
    </span>
    <span class="vh" role="status">
      ${post.items.length > 1 ? t('viewer_item', { at: place.index + 1, all: post.items.length, kind }) : ''}
    </span>
    <span class="end row tight">
      ${
        item?.kind === 'image'
          ? html`<button
              class="icb glass only-desk"
              aria-label=${t('zoom_key')}
              title=${t('zoom_key')}
              @click=${onZoom}
            >
              ${icon('zoom')}
            </button>`
          : nothing
      }
      ${postButton('post_prev', !!place.previous, () => steps.post(-1))}
      ${postButton('post_next', !!place.next, () => steps.post(1))}
      <button
        class="icb glass only-desk"
        aria-pressed=${!wide}
        aria-label=${t('details')}
        title=${t('details')}
        @click=${onDetails}
      >
        ${icon('info')}
      </button>
    </span>
  </header>`;
}

/** While a finger drags the picture far enough out of the way. */
export const renderLetGo = () =>
  html`<p class="let-go" aria-hidden="true">${icon('close', 'sm')}${t('let_go_closes')}</p>`;

/** The arrows at the sides, for items and past them for posts. */
export function renderEdges(post: Post, place: Place, onStep: Step) {
  const edge = (step: 1 | -1) => {
    const possible = post.items[place.index + step] ?? (step === 1 ? place.next : place.previous);
    const label = t(step === 1 ? 'item_next' : 'item_prev');
    return html`<button
      class="icb glass edge only-desk ${step === 1 ? 'next' : 'prev'}"
      aria-label=${label}
      title=${label}
      ?disabled=${!possible}
      @click=${() => onStep(step)}
    >
      ${icon(step === 1 ? 'chev-r' : 'chev-l', 'lg')}
    </button>`;
  };
  return html`${edge(-1)}${edge(1)}`;
}

interface Phone {
  readonly post: Post;
  readonly item: MediaItem | undefined;
  readonly onInfo: () => void;
  readonly onShare: () => void;
}

/** What lies over the picture on phones. */
export function renderPhone({ post, item, onInfo, onShare }: Phone) {
  return html`<div class="mcol only-phone">
      <button @click=${onShare}>
        <span class="icb glass">${icon(canShare() ? 'share' : 'link')}</span>${t(canShare() ? 'share' : 'share_copy')}
      </button>
      ${
        item
          ? html`<a
              href=${downloadUrl(item)}
              download
              aria-label="${t('download_original')}, ${formatBytes(item.size)}"
            >
              <span class="icb glass">${icon('download')}</span>${formatBytes(item.size)}
            </a>`
          : nothing
      }
      <button @click=${onInfo}><span class="icb glass">${icon('info')}</span>${t('info')}</button>
    </div>
    <div class="mcap only-phone" aria-hidden="true">
      <p class="row tight">
        ${glyph(post.platform, 'sm')}<b><bdi>${authorOf(post)}</bdi></b>
      </p>
      <p class="clamp2" dir="auto">${titleOf(post)}</p>
    </div>`;
}

function postButton(label: 'post_prev' | 'post_next', possible: boolean, onClick: () => void) {
  return html`<button class="icb glass" aria-label=${t(label)} title=${t(label)} ?hidden=${!possible} @click=${onClick}>
    ${icon(label === 'post_next' ? 'chev-d' : 'chev-u')}
  </button>`;
}

interface Message {
  /** Of the reading that failed. */
  readonly error: ApiError | undefined;
  readonly gone: boolean;
  readonly onClose: () => void;
  readonly onAgain: () => void;
}

/** In place of a post that is not there, or not yet. */
export function renderMessage({ error, gone, onClose, onAgain }: Message) {
  const close = html`<button class="icb glass" aria-label=${t('viewer_close')} @click=${onClose}>
    ${icon('close')}
  </button>`;
  if (error)
    return html`<div class="message">
      ${close}<mf-empty icon="offline" .heading=${t('viewer_failed')} .text=${errorSentence(error)}>
        <button class="btn big" @click=${onAgain}>${t('again')}</button>
      </mf-empty>
    </div>`;
  if (gone)
    return html`<div class="message">
      ${close}<mf-empty icon="search" .heading=${t('viewer_gone')} .text=${t('viewer_gone_text')}></mf-empty>
    </div>`;
  return html`<div class="message" role="status">
    ${close}
    <p class="t3">${t('viewer_loading')}</p>
  </div>`;
}
