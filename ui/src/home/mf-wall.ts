import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { POSTS_TYPE } from '../select/drag-data.ts';
import { PickGestures } from '../select/pick-gestures.ts';
import { preferencesContext, selectionContext } from '../state/contexts.ts';
import type { Spot } from '../state/kept-lists.ts';
import { CARD_SIZES } from '../state/preferences.ts';
import type { CardSize } from '../state/preferences.ts';
import { UseStore } from '../state/use-store.ts';
import { reset } from '../styles/reset.ts';
import { localized, t } from '../words/t.ts';
import type { WallItem } from './card.rules.ts';
import { wallKey } from './card.rules.ts';
import { CardPreview } from './card-preview.ts';
import './mf-card.ts';
import type { MfCard } from './mf-card.ts';
import './mf-coming.ts';
import type { WallCard } from './wall-cards.ts';
import { wallKeys } from './wall-keys.ts';
import { forgetFont, layColumns } from './wall-layout.ts';
import type { Columns } from './wall-layout.ts';
import { PinchCards } from './pinch-cards.ts';
import { WallView } from './wall-view.ts';

/**
 * The masonry of cards. Only what is near the screen is in the page; DOM order is newest first.
 * @fires mf-need-more - the end is near
 * @fires mf-need-newer - the beginning is near
 * @fires mf-seen - the first post that is on screen (detail)
 * @fires mf-file - wants the picked posts, or the card that has the focus, put into folders: ids (detail)
 */
@customElement('mf-wall')
@localized()
export class MfWall extends LitElement {
  static override styles = [
    reset,
    css`
      :host {
        display: block;
        padding-inline: var(--mf-gutter);
      }
      section {
        position: relative;
        min-block-size: 1px;
        overflow-anchor: none;
        touch-action: pan-x pan-y;
      }
      .cards > * {
        position: absolute;
      }
    `,
  ];

  @property({ attribute: false }) items: readonly WallItem[] = [];
  /** Number of the first item, counted from where the list began when it was opened: below 0 for what is newer. */
  @property({ attribute: false }) start = 0;
  /** Something newer comes before the first item. */
  @property({ type: Boolean }) open = false;
  /** What a screen reader calls it. */
  @property() label = '';
  /** Post or job → address. */
  @property({ attribute: false }) hrefOf: (item: WallItem) => string = () => '';

  @state() private _columns: Columns | undefined;
  @state() private _current = '';
  @query('section') private readonly _section: HTMLElement | null | undefined;
  @query('.cards') private readonly _place: HTMLElement | null | undefined;
  private readonly _selection = new UseStore(this, selectionContext);
  private readonly _preferences = new UseStore(this, preferencesContext);
  private readonly _view = new WallView({
    section: () => this._section,
    place: () => this._place,
    fill: (card, item) => this._fill(card, item),
    tell: (type, detail) => this._fire(type, detail),
    drawn: () => this._onDrawn(),
  });
  private readonly _keys = wallKeys({
    cards: () => this._view.cards.all,
    order: () => this._order,
    selection: () => this._selection.value,
    file: (ids) => this._fire('mf-file', ids),
  });
  private _size: CardSize = 'normal';
  private readonly _watcher = new ResizeObserver(() => this._measure());

  constructor() {
    super();
    new PickGestures(this, {
      selection: () => this._selection.value,
      order: () => this._order,
      postAt: (node) =>
        node instanceof HTMLElement && node.localName === 'mf-card' ? node.dataset['post'] : undefined,
    });
    new PinchCards(this, (step) => this._resize(step));
    new CardPreview(this, (event) =>
      event.composedPath().find((node): node is MfCard => node instanceof HTMLElement && node.localName === 'mf-card'),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this._watcher.observe(this);
    this._view.watch();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._watcher.disconnect();
    this._view.stop();
  }

  /** The first post on the screen, to come back to. */
  get spot(): Spot | undefined {
    return this._view.spot;
  }

  /** Brings a post's card on screen, if it is not, and gives it the focus. */
  async focusPost(postId: string): Promise<void> {
    const item = this.items.find(({ post }) => post?.id === postId);
    if (!item) return;
    const key = wallKey(item);
    this._current = key;
    await this.settled();
    const { cards } = this._view;
    if (!cards.of(key)) this._view.showInMiddle(key);
    const card = cards.of(key);
    if (card instanceof LitElement) await card.updateComplete;
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: 'nearest' });
  }

  /** Scrolls so that a post is where it was. @returns whether it is in the list */
  showSpot(spot: Spot): boolean {
    return this._view.showSpot(spot);
  }

  /** Resolves when all cards that are near the screen are there. */
  async settled(): Promise<void> {
    await this.updateComplete;
    this._view.drawAll();
    await Promise.all(this._view.cards.all.map(async (card) => card.updateComplete));
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (this._columns && this._size !== (this._preferences.value?.cardSize ?? 'normal')) this._measure();
    if (!changed.has('items') || this.items.some((item) => wallKey(item) === this._current)) return;
    const [first] = this.items;
    this._current = first ? wallKey(first) : '';
  }

  protected override render() {
    if (!this._columns) return nothing;
    return html`<section
      aria-label=${this.label || t('wall_label')}
      @keydown=${this._keys}
      @focusin=${this._onFocus}
      @dragstart=${this._onDragStart}
    >
      <div class="cards"></div>
    </section>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (!this._columns) return;
    const listed = (['items', 'start', 'open', '_columns'] as const).some((name) => changed.has(name));
    if (listed) this._view.show({ items: this.items, start: this.start, open: this.open });
    else this._view.cards.refresh();
  }

  private _fill(card: WallCard, item: WallItem): void {
    const key = wallKey(item);
    card.dataset['key'] = key;
    const current = key === this._current;
    if (item.job) return void Object.assign(card, { job: item.job, href: this.hrefOf(item), current });
    card.dataset['post'] = item.post.id;
    const selection = this._selection.value;
    (card as MfCard).fill({
      post: item.post,
      href: this.hrefOf(item),
      width: this._columns?.width ?? 190,
      picked: selection?.has(item.post.id) ?? false,
      picking: selection?.active ?? false,
      current,
    });
  }

  /** The way into the wall by keys is on the screen: who has scrolled by wheel goes on from there. */
  private _onDrawn(): void {
    const { cards, spot } = this._view;
    if (spot && !cards.of(this._current)) this._current = spot.key;
  }

  private _fire(type: string, detail?: unknown): void {
    this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
  }

  private readonly _onFocus = (event: FocusEvent): void => {
    const key = event.target instanceof HTMLElement ? event.target.dataset['key'] : undefined;
    if (key) this._current = key;
  };

  /** A card takes all that is picked along, when it is picked itself. */
  private readonly _onDragStart = (event: DragEvent): void => {
    const card = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('mf-card') : null;
    const id = card?.dataset['post'];
    if (id === undefined || !event.dataTransfer) return;
    const selection = this._selection.value;
    const ids = selection?.has(id) && selection.size > 0 ? [...selection.picked] : [id];
    event.dataTransfer.setData(POSTS_TYPE, ids.join(','));
    event.dataTransfer.effectAllowed = 'copyMove';
  };

  private get _order(): readonly string[] {
    return this.items.flatMap((item) => (item.post ? [item.post.id] : []));
  }

  private _resize(step: 1 | -1): void {
    const preferences = this._preferences.value;
    const size = preferences && CARD_SIZES[CARD_SIZES.indexOf(preferences.cardSize) + step];
    if (size) preferences.setCardSize(size);
  }

  private _measure(): void {
    const style = getComputedStyle(this);
    const pixels = (name: string): number => Number.parseFloat(style.getPropertyValue(name)) || 0;
    const available = this.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    if (available <= 0) return;
    this._size = this._preferences.value?.cardSize ?? 'normal';
    const columns = layColumns(available, pixels('--mf-wall-col'), pixels('--mf-wall-gap'), this._size);
    if (columns.width === this._columns?.width && columns.count === this._columns.count) return;
    forgetFont();
    this._columns = columns;
    this._view.setColumns(columns, this.matches(':dir(rtl)'));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-wall': MfWall;
  }
}
