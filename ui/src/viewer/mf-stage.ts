import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { styleMap } from 'lit/directives/style-map.js';
import { downloadUrl, fileUrl, largestThumbnail, playUrl } from '../api/media-url.ts';
import type { MediaItem } from '../api/types.ts';
import '../elements/mf-blur.ts';
import { base } from '../styles/base.ts';
import { localized } from '../words/viewer.ts';
import './mf-player.ts';
import type { MfPlayer } from './mf-player.ts';
import { renderNotShown } from './not-shown.ts';
import { stageStyles } from './stage.styles.ts';
import { whyNot } from './why-not.ts';
import type { WhyNot } from './why-not.ts';
import { ZoomController } from './zoom.ts';
import { WHOLE } from './zoom.rules.ts';

/** One item, as large as the place allows: a picture, a film or a sound. */
@customElement('mf-stage')
@localized()
export class MfStage extends LitElement {
  static override styles = [base, stageStyles];

  @property({ attribute: false }) item: MediaItem | undefined;
  /** What a screen reader calls it. */
  @property() label = '';
  /** Who made it, for the system's own player. */
  @property() artist = '';
  /** Whose item it is, when it may be made playable. */
  @property() postId = '';
  /** Seen from nearer than as a whole. */
  @property({ type: Boolean, reflect: true }) zoomed = false;
  @state() private _failed: WhyNot | undefined;
  @state() private _try = 0;
  /** The playable form whose file is not there: the original is tried in its place, and can be made playable again. */
  @state() private _lost: string | undefined;
  @state() private _ratio: number | undefined;
  @query('mf-player') private readonly _player: MfPlayer | null | undefined;
  private readonly _zoom: ZoomController = new ZoomController(this, () =>
    this._failed ? null : this.renderRoot.querySelector<HTMLElement>('.shot.pic'),
  );

  /** Plays it, if it can be played. */
  get player(): MfPlayer | undefined {
    return this._player ?? undefined;
  }

  /** Nearer, further, or between whole and near. Pictures only. */
  zoom(step: 1 | -1 | 'toggle'): void {
    if (step === 'toggle') this._zoom.toggle();
    else this._zoom.by(step);
  }

  /** Moves what is seen of a zoomed picture. @returns whether it is zoomed */
  pan(x: number, y: number): boolean {
    this._zoom.pan({ x, y });
    return this._zoom.zoomed;
  }

  /** Shows the whole picture. @returns whether it was zoomed */
  whole(): boolean {
    const { zoomed } = this._zoom;
    if (zoomed) this._zoom.reset();
    return zoomed;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('item') && changed.get('item')?.id !== this.item?.id) {
      this._failed = undefined;
      this._lost = undefined;
      this._ratio = undefined;
      this._zoom.zoom = WHOLE;
    }
    this.zoomed = this._zoom.zoomed;
  }

  protected override render() {
    const { item } = this;
    if (!item) return nothing;
    const kind = item.kind === 'audio' ? 'aud' : item.kind === 'video' ? 'vid' : 'pic';
    const { scale, x, y } = this._zoom.zoom;
    const place = scale > 1 ? { translate: `${x}px ${y}px`, scale: String(scale) } : {};
    return html`<div class="cell">
      <div class="shot ${kind}" style=${styleMap({ '--r': String(this._ratioOf(item)), ...place })}>
        ${item.kind === 'image' ? this._renderImage(item) : this._renderPlayer(item, item.kind)}
      </div>
    </div>`;
  }

  private _renderImage(item: MediaItem) {
    if (this._failed)
      return renderNotShown({
        why: this._failed,
        kind: 'image',
        download: downloadUrl(item),
        onAgain: () => {
          this._failed = undefined;
          this._try += 1;
        },
      });
    const thumbnail = largestThumbnail(item);
    return html`${thumbnail ? html`<img src=${thumbnail} alt="" aria-hidden="true" />` : html`<mf-blur .hash=${item.thumbhash ?? ''}></mf-blur>`}
    ${keyed(
      this._try,
      html`<img
        src=${fileUrl(item)}
        alt=${this.label}
        decoding="async"
        draggable="false"
        @load=${this._onLoad}
        @error=${() => this._onError(item)}
      />`,
    )}`;
  }

  private _renderPlayer(item: MediaItem, kind: 'video' | 'audio') {
    const rendition = item.rendition?.id === this._lost ? null : item.rendition;
    return html`<mf-player
      .src=${playUrl({ id: item.id, rendition })}
      .kind=${kind}
      .poster=${largestThumbnail(item) ?? ''}
      .download=${downloadUrl(item)}
      .label=${this.label}
      .artist=${this.artist}
      .medium=${item.id}
      .postId=${rendition ? '' : this.postId}
      .index=${item.index}
      @mf-gone=${() => (this._lost = rendition?.id)}
      @mf-playable=${() => (this._lost = undefined)}
    ></mf-player>`;
  }

  private _ratioOf(item: MediaItem): number {
    return this._ratio ?? (item.width && item.height ? item.width / item.height : item.kind === 'video' ? 9 / 16 : 1);
  }

  private _onError(item: MediaItem): void {
    void whyNot(fileUrl(item)).then((why) => {
      if (item.id === this.item?.id) this._failed = why;
    });
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
