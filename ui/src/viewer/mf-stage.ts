import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { downloadUrl, fileUrl, largestThumbnail } from '../api/media-url.ts';
import type { MediaItem } from '../api/types.ts';
import '../elements/mf-blur.ts';
import { icon } from '../elements/icons.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/viewer.ts';
import './mf-player.ts';
import type { MfPlayer } from './mf-player.ts';
import { stageStyles } from './stage.styles.ts';

/** One item, as large as the place allows: a picture, a film or a sound. */
@customElement('mf-stage')
@localized()
export class MfStage extends LitElement {
  static override styles = [base, stageStyles];

  @property({ attribute: false }) item: MediaItem | undefined;
  /** What a screen reader calls it. */
  @property() label = '';
  @state() private _failed = false;
  @state() private _ratio: number | undefined;
  @query('mf-player') private readonly _player: MfPlayer | null | undefined;

  /** Plays it, if it can be played. */
  get player(): MfPlayer | undefined {
    return this._player ?? undefined;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('item')) return;
    this._failed = false;
    this._ratio = undefined;
  }

  protected override render() {
    const { item } = this;
    if (!item) return nothing;
    const kind = item.kind === 'audio' ? 'aud' : item.kind === 'video' ? 'vid' : 'pic';
    return html`<div class="cell">
      <div class="shot ${kind}" style=${styleMap({ '--r': String(this._ratioOf(item)) })}>
        ${item.kind === 'image' ? this._renderImage(item) : this._renderPlayer(item, item.kind)}
      </div>
    </div>`;
  }

  private _renderImage(item: MediaItem) {
    if (this._failed)
      return html`<div class="oops" role="alert">
        ${icon('broken', 'lg')}
        <h2>${t('image_failed')}</h2>
        <a class="btn paper" href=${downloadUrl(item)} download>${icon('download', 'sm')}${t('download_original')}</a>
      </div>`;
    const thumbnail = largestThumbnail(item);
    return html`${thumbnail ? html`<img src=${thumbnail} alt="" aria-hidden="true" />` : html`<mf-blur .hash=${item.thumbhash ?? ''}></mf-blur>`}
      <img
        src=${fileUrl(item)}
        alt=${this.label}
        decoding="async"
        @load=${this._onLoad}
        @error=${() => (this._failed = true)}
      />`;
  }

  private _renderPlayer(item: MediaItem, kind: 'video' | 'audio') {
    return html`<mf-player
      .src=${fileUrl(item)}
      .kind=${kind}
      .poster=${largestThumbnail(item) ?? ''}
      .download=${downloadUrl(item)}
      .label=${this.label}
    ></mf-player>`;
  }

  private _ratioOf(item: MediaItem): number {
    return this._ratio ?? (item.width && item.height ? item.width / item.height : item.kind === 'video' ? 9 / 16 : 1);
  }

  /** The picture itself knows best, should the record be silent. */
  private readonly _onLoad = (event: Event): void => {
    const image = event.target;
    if (image instanceof HTMLImageElement && !this.item?.width) this._ratio = image.naturalWidth / image.naturalHeight;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-stage': MfStage;
  }
}
