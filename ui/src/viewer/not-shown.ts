import { html, nothing } from 'lit';
import { icon } from '../elements/icons.ts';
import { t } from '../words/viewer.ts';
import type { WhyNot } from './why-not.ts';

interface NotShown {
  readonly why: WhyNot;
  readonly kind: 'image' | 'media';
  /** Where the file can be kept from. */
  readonly download: string;
  readonly onAgain: () => void;
  /** What else helps with a format that the browser does not know. */
  readonly help?: unknown;
}

/** In place of a file that does not show: why, and what helps. */
export function renderNotShown({ why, kind, download, onAgain, help = nothing }: NotShown) {
  const heading = why === 'format' ? t(kind === 'image' ? 'image_failed' : 'unplayable') : t(`file_${why}`);
  const text = why === 'format' ? (kind === 'image' ? '' : t('unplayable_text')) : t(`file_${why}_text`);
  return html`<div class="oops" role="alert">
    ${icon(why === 'offline' ? 'offline' : 'broken', 'lg')}
    <h2>${heading}</h2>
    ${text ? html`<p>${text}</p>` : nothing}
    ${why === 'offline' ? html`<button class="btn paper" @click=${onAgain}>${t('again')}</button>` : nothing}
    ${
      why === 'format'
        ? html`<a class="btn paper" href=${download} download>${icon('download', 'sm')}${t('download_original')}</a
            >${help}`
        : nothing
    }
  </div>`;
}
