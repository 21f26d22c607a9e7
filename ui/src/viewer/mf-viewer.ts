import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { coverOf } from '../api/media-url.ts';
import type { Post, RenditionState, Removed } from '../api/types.ts';
import '../elements/mf-blur.ts';
import '../elements/mf-dialog.ts';
import { libraryContext, preferencesContext, routerContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { withRendition } from '../state/with-rendition.rules.ts';
import { base } from '../styles/base.ts';
import { dark } from '../styles/dark.ts';
import { authorOf, cardName, titleOf } from '../words/names.ts';
import { localized, t } from '../words/viewer.ts';
import { GestureController } from './gestures.ts';
import type { Drag } from './gestures.ts';
import './mf-details.ts';
import type { DetailsWish, MfDetails } from './mf-details.ts';
import './mf-film.ts';
import './mf-remove.ts';
import './mf-stage.ts';
import type { MfStage } from './mf-stage.ts';
import { Preloader } from './preload.ts';
import { ViewerActions } from './viewer-actions.ts';
import { dragStyle, viewerGestures } from './viewer-gestures.ts';
import { ViewerKeysController } from './viewer-keys.ts';
import { ViewerPost } from './viewer-post.ts';
import { ViewerSteps } from './viewer-steps.ts';
import { renderEdges, renderLetGo, renderMessage, renderPhone, renderTop } from './viewer-parts.ts';
import { grantWish } from './viewer-wishes.ts';
import { viewerStyles } from './viewer.styles.ts';

/** Posts before the end of the list at which the next page is asked for. */
const AHEAD = 8;

/**
 * One post over everything else, always dark: its items, what is known of it, and the ways on.
 * @fires mf-close
 */
@customElement('mf-viewer')
@localized()
export class MfViewer extends LitElement {
  static override styles = [base, dark, viewerStyles];

  @property() postId = '';
  /** Counted from 1, as in the address. */
  @property({ type: Number }) item = 1;
  /** The details are shut: the picture has the whole width. */
  @property({ type: Boolean, reflect: true }) wide = false;
  /** What a finger takes along. */
  @property({ attribute: false }) dragging: Drag | undefined;
  @state() private _removing = false;
  @state() private _sheet = false;
  @query('mf-stage') private readonly _stage: MfStage | null | undefined;
  private readonly _library = new UseStore(this, libraryContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _preferences = new UseStore(this, preferencesContext);
  private readonly _shown: ViewerPost = new ViewerPost(this, () => this._library.value);
  private readonly _steps: ViewerSteps = new ViewerSteps(this, () => this._post);
  private readonly _actions: ViewerActions = new ViewerActions(this, (post) => this._shown.put(post));
  private readonly _preloader = new Preloader();

  constructor() {
    super();
    new GestureController(
      this,
      viewerGestures(this, { steps: this._steps, stage: () => this._stage ?? undefined, close: this._close }),
    );
    new ViewerKeysController(this, {
      close: () => this._close(),
      whole: () => this._stage?.whole() ?? false,
      pan: (x, y) => this._stage?.pan(x, y) ?? false,
      zoom: (step) => this._stage?.zoom(step),
      item: (step) => this._steps.item(step),
      post: (step) => this._steps.post(step),
      play: () => this._stage?.player?.controls.toggle(),
      seek: (seconds) => this._stage?.player?.controls.seek(seconds),
      frame: (step) => this._stage?.player?.controls.frame(step),
      mute: () => this._stage?.player?.controls.mute(),
      fullscreen: () => void this._stage?.player?.controls.fullscreen(),
      pictureInPicture: () => void this._stage?.player?.controls.pictureInPicture(),
      details: () => this._toggleDetails(),
      download: () => this.renderRoot.querySelector<HTMLAnchorElement>('a[download]')?.click(),
      remove: () => this._wish(this._trashed ? 'purge' : 'trash'),
      folders: () => this._details?.filing?.openFolders(),
      tags: () => this._details?.filing?.openTags(),
      words: () => void this._details?.words?.edit(),
    });
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.setAttribute('role', 'dialog');
    this.setAttribute('aria-modal', 'true');
    this.tabIndex = -1;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._preloader.drop();
  }

  protected override firstUpdated(): void {
    this.focus();
  }

  protected override willUpdate(): void {
    this.wide = !(this._preferences.value?.details ?? true);
    const post = this._post;
    this.setAttribute('aria-label', post ? cardName(post) : t('viewer'));
  }

  protected override updated(changed: PropertyValues<this>): void {
    const library = this._library.value;
    if (!changed.has('postId') && !changed.has('item')) return;
    const place = this._steps.place;
    const items = this._post?.items ?? [];
    this._preloader.take([
      items[place.index + 1] ?? place.next?.items[0],
      items[place.index - 1] ?? place.previous?.items.at(-1),
    ]);
    if (library && place.at >= library.posts.length - AHEAD) void library.more();
    if (library && place.at < AHEAD) void library.newer();
  }

  protected override render() {
    const post = this._post;
    if (!post)
      return renderMessage({ ...this._shown.missing, onClose: this._close, onAgain: () => this._shown.again() });
    const place = this._steps.place;
    const item = post.items[place.index];
    return html`<div class="stage">
        ${coverOf(post)?.thumbhash ? html`<mf-blur class="glow" .hash=${(item ?? coverOf(post))?.thumbhash ?? ''}></mf-blur>` : nothing}
        ${renderTop({ post, place, number: this._library.value?.numberOf(post.id), count: this._library.value?.count, wide: this.wide, steps: this._steps, onClose: this._close, onDetails: this._toggleDetails, onZoom: () => this._stage?.zoom('toggle') })}
        <mf-stage
          style=${dragStyle(this.dragging)}
          .item=${item}
          .label=${titleOf(post)}
          .artist=${authorOf(post)}
          .postId=${post.foreign ? '' : post.id}
          @mf-playable=${(event: CustomEvent<RenditionState>) => this._onPlayable(post, event.detail)}
          @mf-skip=${(event: CustomEvent<1 | -1>) => this._steps.post(event.detail)}
        ></mf-stage>
        ${this.dragging?.swipe === 'close' ? renderLetGo() : nothing}
        ${renderEdges(post, place, (step) => this._steps.item(step))}
        <div class="fs">
          ${
            post.items.length > 1
              ? html`<mf-film
                  .items=${post.items}
                  .index=${place.index}
                  @mf-step=${(event: CustomEvent<number>) => this._steps.show(post, event.detail)}
                ></mf-film>`
              : nothing
          }
        </div>
        ${renderPhone({ post, item, onInfo: () => (this._sheet = true), onShare: () => void this._actions.share(post) })}
      </div>
      ${this.wide ? nothing : html`<aside class="only-desk" aria-label=${t('details_label')}>${this._renderDetails(post)}</aside>`}
      ${
        this._sheet
          ? html`<mf-dialog keeps .label=${t('details_label')} @mf-close=${this._onSheetClose}
              >${this._renderDetails(post)}</mf-dialog
            >`
          : nothing
      }
      ${
        this._removing
          ? html`<mf-remove
              .postId=${post.id}
              @mf-close=${this._onRemoveClose}
              @mf-removed=${this._onRemoved}
            ></mf-remove>`
          : nothing
      }`;
  }

  private _renderDetails(post: Post) {
    return html`<mf-details
      .post=${post}
      .index=${this._steps.place.index}
      @mf-tag=${this._onTag}
      @mf-copy=${this._onCopy}
      .trashed=${this._trashed}
      @mf-wish=${(event: CustomEvent<DetailsWish>) => this._wish(event.detail)}
      @mf-post=${(event: CustomEvent<Post>) => this._shown.put(event.detail)}
    ></mf-details>`;
  }

  private get _trashed(): boolean {
    return this._library.value?.filter.trash === true;
  }

  private get _details(): MfDetails | null {
    return this.renderRoot.querySelector('mf-details');
  }

  private get _post(): Post | undefined {
    return this._shown.value;
  }

  private _wish(wish: DetailsWish): void {
    const post = this._post;
    if (!post) return;
    const askRemoval = (): void => {
      this._removing = true;
    };
    grantWish({ actions: this._actions, steps: this._steps, askRemoval, close: this._close }, post, wish);
  }

  private readonly _toggleDetails = (): void => {
    if (window.matchMedia('(max-width: 699px)').matches) this._sheet = !this._sheet;
    else this._preferences.value?.setDetails(this.wide);
  };

  private readonly _onTag = (event: CustomEvent<string>): void => {
    this._router.value?.go({ name: 'home', filter: { q: event.detail } });
  };

  private readonly _onCopy = (event: CustomEvent<{ text: string; done: string }>): void => {
    void this._actions.copy(event.detail.text, event.detail.done);
  };

  private readonly _onSheetClose = (event: Event): void => {
    event.stopPropagation();
    this._sheet = false;
  };

  private readonly _onRemoveClose = (event: Event): void => {
    event.stopPropagation();
    this._removing = false;
  };

  private readonly _onRemoved = (event: CustomEvent<Removed | undefined>): void => {
    event.stopPropagation();
    this._removing = this._sheet = false;
    this._actions.removed(event.detail);
    this._close();
  };

  /** What is in the list, the connection changes; this is for a post that came by its address. */
  private _onPlayable(post: Post, state: RenditionState): void {
    this._library.value?.patch([post.id], (listed) => withRendition(listed, state));
    this._shown.put(withRendition(post, state));
  }

  private readonly _close = (): void => {
    this.dispatchEvent(new CustomEvent('mf-close', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-viewer': MfViewer;
  }
}
