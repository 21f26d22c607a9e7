import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { POSTS_TYPE } from '../select/drag-data.ts';
import { PickGestures } from '../select/pick-gestures.ts';
import { selectionContext } from '../state/contexts.ts';
import type { Spot } from '../state/kept-lists.ts';
import { UseStore } from '../state/use-store.ts';
import { reset } from '../styles/reset.ts';
import { localized, t } from '../words/t.ts';
import type { WallItem } from './card.rules.ts';
import { wallKey } from './card.rules.ts';
import { CardPreview } from './card-preview.ts';
import './mf-card.ts';
import type { MfCard } from './mf-card.ts';
import './mf-coming.ts';
import { WallCards } from './wall-cards.ts';
import type { WallCard } from './wall-cards.ts';
import { wallKeys } from './wall-keys.ts';
import { cardHeight, forgetFont, layColumns } from './wall-layout.ts';
import type { Columns } from './wall-layout.ts';
import { WallPlaces } from './wall-places.ts';

/** So far before an end its next page is asked for, while one scrolls and before. CSS pixels. */
const AHEAD = { scrolling: 4000, resting: 1500 } as const;
/** So far beyond the screen cards are drawn in the direction of scrolling, and in the other one. CSS pixels. */
const BEFORE = 900;
const BEHIND = 300;
/** So far away a card is taken out of the page. CSS pixels. */
const AWAY = 1000;
/** Milliseconds of a frame that cards may be drawn in; the others come in the next one. */
const BUDGET = 4;
/** Milliseconds of a frame in which cards may be given their places: measuring a title in a new script takes its time. */
const LAYING = 6;
/** Further down than this, what one looks at stays in its place whatever changes above. CSS pixels. */
const AT_TOP = 240;

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
  private readonly _cards = new WallCards({
    fill: (card, item) => this._fill(card, item),
    put: (card, index) => this._put(card, index),
  });
  private readonly _keys = wallKeys({
    cards: () => this._cards.all,
    order: () => this._order,
    selection: () => this._selection.value,
    file: (ids) => this.dispatchEvent(new CustomEvent('mf-file', { detail: ids, bubbles: true, composed: true })),
  });
  private _places: WallPlaces<WallItem> | undefined;
  private _spot: Spot | undefined;
  private _keep: Spot | undefined;
  private _from = 0;
  private _frame = 0;
  private _laying = 0;
  private _rtl = false;
  private readonly _watcher = new ResizeObserver(() => this._measure());

  constructor() {
    super();
    new PickGestures(this, {
      selection: () => this._selection.value,
      order: () => this._order,
      postAt: (node) =>
        node instanceof HTMLElement && node.localName === 'mf-card' ? node.dataset['post'] : undefined,
    });
    new CardPreview(this, (event) =>
      event.composedPath().find((node): node is MfCard => node instanceof HTMLElement && node.localName === 'mf-card'),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this._watcher.observe(this);
    for (const type of ['scroll', 'resize']) window.addEventListener(type, this._draw, { passive: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._watcher.disconnect();
    for (const type of ['scroll', 'resize']) window.removeEventListener(type, this._draw);
    cancelAnimationFrame(this._frame);
  }

  /** The first post on the screen, to come back to. */
  get spot(): Spot | undefined {
    return this._spot;
  }

  /** Brings a post's card on screen, if it is not, and gives it the focus. */
  async focusPost(postId: string): Promise<void> {
    const index = this.items.findIndex((item) => item.post?.id === postId);
    const item = this.items[index];
    if (!item) return;
    this._current = wallKey(item);
    await this.settled();
    if (!this._cards.of(wallKey(item))) {
      const { height = 0 } = this._places?.at(index) ?? {};
      this.showSpot({ key: wallKey(item), y: Math.max(0, (window.innerHeight - height) / 2) });
    }
    const card = this._cards.of(wallKey(item));
    if (card instanceof LitElement) await card.updateComplete;
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: 'nearest' });
  }

  /** Scrolls so that a post is where it was. @returns whether it is in the list */
  showSpot({ key, y }: Spot): boolean {
    const place = this._places?.at(this.items.findIndex((item) => wallKey(item) === key));
    if (!place || !this._section) return false;
    window.scrollBy({ top: this._section.getBoundingClientRect().top + place.top - y, behavior: 'instant' });
    this._drawAll();
    return true;
  }

  /** Resolves when all cards that are near the screen are there. */
  async settled(): Promise<void> {
    await this.updateComplete;
    this._places?.lay(Infinity);
    this.requestUpdate();
    await this.updateComplete;
    this._drawAll();
    await Promise.all(this._cards.all.map(async (card) => card.updateComplete));
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('items') && !this.items.some((item) => wallKey(item) === this._current)) {
      const [first] = this.items;
      this._current = first ? wallKey(first) : '';
    }
    if (!this._places || !(changed.has('items') || changed.has('start') || changed.has('_columns'))) return;
    const moved = changed.has('start') && changed.get('start') !== undefined;
    this._keep = moved || window.scrollY > AT_TOP ? this._spot : undefined;
    this._places.set(this.items, this.start, this._keep ? Infinity : LAYING);
  }

  protected override render() {
    if (!this._columns) return nothing;
    return html`<section
      aria-label=${this.label || t('wall_label')}
      style=${styleMap({ blockSize: `${this._places?.height ?? 0}px` })}
      @keydown=${this._keys}
      @focusin=${this._onFocus}
      @dragstart=${this._onDragStart}
    >
      <div class="cards"></div>
    </section>`;
  }

  protected override updated(changed: PropertyValues): void {
    if (!this._places) return;
    if (changed.has('items') || changed.has('start') || changed.has('_columns')) this._cards.set(this.items);
    else this._cards.refresh();
    const keep = this._keep;
    this._keep = undefined;
    cancelAnimationFrame(this._laying);
    if (!this._places.complete) this._laying = requestAnimationFrame(this._layOn);
    if (!keep || !this._stay(keep)) this._draw();
  }

  /** What one looks at stays where it is. */
  private _stay(keep: Spot): boolean {
    const place = this._places?.at(this.items.findIndex((item) => wallKey(item) === keep.key));
    if (!place || !this._section) return false;
    const by = this._section.getBoundingClientRect().top + place.top - keep.y;
    if (Math.abs(by) >= 1) window.scrollBy({ top: by, behavior: 'instant' });
    this._draw();
    return true;
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

  private _put({ style }: WallCard, index: number): void {
    const place = this._places?.at(index);
    const columns = this._columns;
    if (!place || !columns) return;
    style[this._rtl ? 'right' : 'left'] = `${place.column * (columns.width + columns.gap)}px`;
    style.top = `${place.top}px`;
    style.width = `${columns.width}px`;
    style.height = `${place.height}px`;
  }

  private readonly _layOn = (): void => {
    this._places?.lay(LAYING);
    this.requestUpdate();
  };

  private readonly _drawAll = (): void => this._drawWithin(Infinity);
  private readonly _draw = (): void => this._drawWithin(BUDGET);

  private _drawWithin(budget: number): void {
    cancelAnimationFrame(this._frame);
    const { _places: places, _section: section, _place: place } = this;
    if (!places || !section || !place) return;
    // Before anything is drawn: measured later, the page would have to be laid out in between.
    const from = -section.getBoundingClientRect().top;
    const scrolled = window.scrollY;
    const to = from + window.innerHeight;
    const [above, below] = from < this._from ? [BEFORE, BEHIND] : [BEHIND, BEFORE];
    this._from = from;
    const visible = places.between(from, to);
    const done = this._cards.draw(place, {
      first: [...visible, ...places.between(from - above, to + below)],
      keep: new Set(places.between(from - AWAY, to + AWAY)),
      budget,
    });
    if (!done) this._frame = requestAnimationFrame(this._draw);
    this._tell(places, { from, scrolled }, visible);
  }

  private _tell(
    places: WallPlaces<WallItem>,
    { from, scrolled }: { from: number; scrolled: number },
    visible: readonly number[],
  ): void {
    const fire = (type: string, detail?: unknown): boolean =>
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true }));
    const item = visible.map((index) => this.items[index]).find((one) => one?.post);
    const key = item ? wallKey(item) : '';
    const before = this._spot?.key;
    this._spot = item ? { key, y: (places.at(this.items.indexOf(item))?.top ?? 0) - from } : undefined;
    if (item?.post && key !== before) fire('mf-seen', item.post);
    if (visible.length === 0 && this.items.length > 0) return;
    if (places.complete && from + window.innerHeight > places.height - AHEAD[scrolled > 0 ? 'scrolling' : 'resting'])
      fire('mf-need-more');
    if (this.open && from < AHEAD.scrolling) fire('mf-need-newer');
    if (!this.open && scrolled <= 0 && !places.even) {
      // Reached from below, the newest stand at different heights.
      places.again();
      this.requestUpdate('start');
    }
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

  private _measure(): void {
    const style = getComputedStyle(this);
    const pixels = (name: string): number => Number.parseFloat(style.getPropertyValue(name)) || 0;
    const available = this.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
    if (available <= 0) return;
    const columns = layColumns(available, pixels('--mf-wall-col'), pixels('--mf-wall-gap'));
    if (columns.width === this._columns?.width && columns.count === this._columns.count) return;
    forgetFont();
    this._columns = columns;
    this._rtl = this.matches(':dir(rtl)');
    this._places = new WallPlaces(columns.count, columns.gap, (item) => cardHeight(item, columns.width));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-wall': MfWall;
  }
}
