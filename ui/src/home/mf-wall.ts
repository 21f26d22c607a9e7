import '@lit-labs/virtualizer';
import type { LitVirtualizer } from '@lit-labs/virtualizer';
import type { RangeChangedEvent, VisibilityChangedEvent } from '@lit-labs/virtualizer/events.js';
import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues, TemplateResult } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { isPlainKey } from '../elements/focus.ts';
import { POSTS_TYPE } from '../select/drag-data.ts';
import { PickGestures } from '../select/pick-gestures.ts';
import { selectionContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { reset } from '../styles/reset.ts';
import { localized, t } from '../words/t.ts';
import type { WallItem } from './card.rules.ts';
import { wallKey } from './card.rules.ts';
import { CardPreview } from './card-preview.ts';
import './mf-card.ts';
import type { MfCard } from './mf-card.ts';
import './mf-coming.ts';
import { nextByPlace } from './next-by-place.ts';
import { cardHeight, forgetFont, layColumns, WallLayout } from './wall-layout.ts';
import type { Columns } from './wall-layout.ts';

/** Cards from the end at which the next page is asked for. */
const AHEAD = 24;

/**
 * The masonry of cards. Only what is near the screen is in the page; DOM order is newest first.
 * @fires mf-need-more - the end is near
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
      lit-virtualizer {
        min-block-size: 1px;
      }
    `,
  ];

  @property({ attribute: false }) items: readonly WallItem[] = [];
  /** What a screen reader calls it. */
  @property() label = '';
  /** Post or job → address. */
  @property({ attribute: false }) hrefOf: (item: WallItem) => string = () => '';

  @state() private _columns: Columns | undefined;
  @state() private _current = '';
  @query('lit-virtualizer') private readonly _virtualizer: LitVirtualizer<WallItem> | null | undefined;
  private readonly _selection = new UseStore(this, selectionContext);
  private _renderCard: (item: WallItem | undefined) => TemplateResult = () => html``;
  private _layout: object = {};
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
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._watcher.disconnect();
  }

  /** Brings a post's card on screen, if it is not, and gives it the focus. */
  async focusPost(postId: string): Promise<void> {
    const index = this.items.findIndex((item) => item.post?.id === postId);
    const item = this.items[index];
    if (!item) return;
    this._current = wallKey(item);
    await this.updateComplete;
    if (!this._cardOf(item)) {
      this._virtualizer?.element(index)?.scrollIntoView({ block: 'center' });
      await this._laidOut();
    }
    const card = this._cardOf(item);
    card?.focus({ preventScroll: true });
    card?.scrollIntoView({ block: 'nearest' });
  }

  /** Resolves when cards have their places. */
  async settled(): Promise<void> {
    await this.updateComplete;
    await this._laidOut();
  }

  /** The virtualizer's own promise waits for the next layout, which may be long over: two frames are enough. */
  private async _laidOut(): Promise<void> {
    const frame = async (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));
    await Promise.race([this._virtualizer?.layoutComplete ?? Promise.resolve(), frame().then(frame)]);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('items') && !this.items.some((item) => wallKey(item) === this._current)) {
      const [first] = this.items;
      this._current = first ? wallKey(first) : '';
    }
    // A new function makes the virtual list draw its cards again: what is picked has changed, or what has the focus.
    this._renderCard = (item) => this._renderItem(item);
  }

  protected override render() {
    if (!this._columns) return nothing;
    return html`<section
      aria-label=${this.label || t('wall_label')}
      @keydown=${this._onKey}
      @focusin=${this._onFocus}
      @dragstart=${this._onDragStart}
    >
      <lit-virtualizer
        dir="ltr"
        .items=${this.items}
        .layout=${this._layout}
        .keyFunction=${this._keyOf}
        .renderItem=${this._renderCard}
        @rangeChanged=${this._onRange}
        @visibilityChanged=${this._onVisible}
      ></lit-virtualizer>
    </section>`;
  }

  /** For a moment after the list got shorter, places of the longer one are asked for. */
  private readonly _keyOf = (item: WallItem | undefined, index?: number): string =>
    item ? wallKey(item) : `x${index ?? 0}`;

  private _renderItem(item: WallItem | undefined): TemplateResult {
    if (!item) return html``;
    const key = wallKey(item);
    const dir = this.matches(':dir(rtl)') ? 'rtl' : 'ltr';
    const current = key === this._current;
    return item.post
      ? html`<mf-card
          dir=${dir}
          data-key=${key}
          data-post=${item.post.id}
          .post=${item.post}
          .href=${this.hrefOf(item)}
          .width=${this._columns?.width ?? 190}
          .picked=${this._selection.value?.has(item.post.id) ?? false}
          .picking=${this._selection.value?.active ?? false}
          .current=${current}
        ></mf-card>`
      : html`<mf-coming
          dir=${dir}
          data-key=${key}
          .job=${item.job}
          .href=${this.hrefOf(item)}
          .current=${current}
        ></mf-coming>`;
  }

  private readonly _onRange = (event: RangeChangedEvent): void => {
    if (event.last >= this.items.length - AHEAD)
      this.dispatchEvent(new CustomEvent('mf-need-more', { bubbles: true, composed: true }));
  };

  private readonly _onVisible = (event: VisibilityChangedEvent): void => {
    const post = this.items.slice(event.first).find((item) => item.post)?.post;
    if (post) this.dispatchEvent(new CustomEvent('mf-seen', { detail: post, bubbles: true, composed: true }));
  };

  private readonly _onFocus = (event: FocusEvent): void => {
    const key = event.target instanceof HTMLElement ? event.target.dataset['key'] : undefined;
    if (key) this._current = key;
  };

  private readonly _onKey = (event: KeyboardEvent): void => {
    const from = event.target;
    if (!(from instanceof HTMLElement) || !isPlainKey(event)) return;
    const id = from.dataset['post'];
    if (id !== undefined && this._pickByKey(event, id)) {
      event.preventDefault();
      return;
    }
    const target = nextByPlace(event.key, from, this._cards());
    if (!target) return;
    event.preventDefault();
    if (event.shiftKey && id !== undefined) this._selection.value?.add(id);
    const next = target.dataset['post'];
    if (event.shiftKey && next !== undefined) this._selection.value?.extend(this._order, next);
    target.focus({ preventScroll: true });
    target.scrollIntoView({ block: 'nearest' });
  };

  /** @returns whether the key was one of these */
  private _pickByKey(event: KeyboardEvent, id: string): boolean {
    const selection = this._selection.value;
    const [target] = event.composedPath();
    if (!selection || (target instanceof Element && target.matches('button'))) return false;
    const key = event.key.toLowerCase();
    if (key === ' ' || key === 'x') selection.toggle(id);
    else if (key === 'a') this._file(selection.size > 0 ? [...selection.picked] : [id]);
    else return false;
    return true;
  }

  private _file(ids: readonly string[]): void {
    this.dispatchEvent(new CustomEvent('mf-file', { detail: ids, bubbles: true, composed: true }));
  }

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

  private _cards(): HTMLElement[] {
    return [...(this._virtualizer?.querySelectorAll<HTMLElement>('[data-key]') ?? [])];
  }

  private _cardOf(item: WallItem): HTMLElement | undefined {
    return this._cards().find((card) => card.dataset['key'] === wallKey(item));
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
    this._layout = {
      type: WallLayout,
      rtl: this.matches(':dir(rtl)'),
      flex: false,
      padding: '0px',
      gap: `${columns.gap}px`,
      itemSize: `${columns.width}px`,
      heightOf: (item: unknown) => cardHeight(item as WallItem, columns.width), // Only our items are laid out.
    };
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-wall': MfWall;
  }
}
