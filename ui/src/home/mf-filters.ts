import { css, html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { PostKind, Count } from '../api/types.ts';
import { CalmElement } from '../elements/calm-element.ts';
import { glyph, icon } from '../elements/icons.ts';
import type { IconName } from '../elements/icons.ts';
import '../elements/mf-menu.ts';
import { menuItems } from '../elements/mf-menu.ts';
import { dropFilter, isEmptyFilter } from '../router/filter.ts';
import type { Filter } from '../router/filter.ts';
import { base } from '../styles/base.ts';
import { chips } from '../styles/chips.ts';
import { formatNumber } from '../words/format.ts';
import { platformName, PLATFORMS } from '../words/names.ts';
import { localized, t, tn } from '../words/t.ts';
import { SPANS, spanOf, startOf } from './dates.rules.ts';
import { dateLabel, filterParts } from './filter-words.ts';
import './mf-tag-filter.ts';

const KINDS: readonly (readonly [PostKind, IconName])[] = [
  ['video', 'video'],
  ['image', 'image'],
  ['audio', 'audio'],
  ['carousel', 'stack'],
];

/** Parts that come by a link: they are shown to be dropped. */
const BY_ADDRESS: ReadonlySet<keyof Filter> = new Set(['tag', 'author', 'folder', 'at'] as const);

/**
 * Chips over the wall. A chosen one turns paper; pressing it again lets it go.
 * @fires mf-filter - the new filter (detail)
 */
@customElement('mf-filters')
@localized()
export class MfFilters extends CalmElement {
  static override styles = [
    base,
    chips,
    menuItems,
    css`
      .bar {
        display: flex;
        align-items: center;
        gap: var(--mf-2);
        padding: 2px var(--mf-gutter) var(--mf-4);
        overflow-x: auto;
        scrollbar-width: none;
      }
      .sep {
        flex: none;
        inline-size: 1px;
        block-size: 22px;
        margin-inline: 6px;
        background: var(--mf-line-2);
      }
      /* It takes what is left of the line; where that is too little, it lies on a second one that is not seen. */
      .count {
        display: flex;
        flex: 1 1 0;
        flex-wrap: wrap;
        justify-content: flex-end;
        block-size: 1lh;
        overflow: hidden;
        white-space: nowrap;
      }
      .count::before {
        content: '';
        inline-size: 1px;
        block-size: 100%;
      }
      @media (min-width: 1000px) {
        .bar {
          flex-wrap: wrap;
          gap: 6px;
        }
      }
      mf-menu {
        flex: none;
      }
    `,
  ];

  @property({ attribute: false }) value: Filter = {};
  /** Kind of the library's place: what it narrows down itself has no chip. */
  @property() place = '';
  @property({ attribute: false }) platforms: readonly string[] = PLATFORMS;
  @property({ attribute: false }) count: Count | undefined;

  protected override render() {
    const { value } = this;
    return html`<div class="bar" role="toolbar" aria-label=${t('filters')}>
      <button
        class="chip"
        aria-pressed=${isEmptyFilter(dropFilter(value, 'q'))}
        @click=${() => this._set(value.q ? { q: value.q } : {})}
      >
        ${t('filter_all')}
      </button>
      ${KINDS.map(
        ([kind, symbol]) =>
          html`<button class="chip" aria-pressed=${value.kind === kind} @click=${() => this._toggle('kind', kind)}>
            ${icon(symbol, 'sm')}${t(`filter_${kind}`)}
          </button>`,
      )}
      <span class="sep"></span>
      ${this.platforms.map(
        (id) =>
          html`<button
            class="chip glyph"
            aria-pressed=${value.platform === id}
            aria-label=${platformName(id)}
            title=${platformName(id)}
            @click=${() => this._toggle('platform', id)}
          >
            ${glyph(id)}
          </button>`,
      )}
      <span class="sep"></span>
      ${this._renderDates()}
      ${
        this.place === 'tag'
          ? nothing
          : html`<mf-tag-filter
              .value=${value.tag ?? ''}
              @mf-tag=${(event: CustomEvent<string>) => this._toggle('tag', event.detail)}
            ></mf-tag-filter>`
      }
      ${
        this.place === 'favourites'
          ? nothing
          : html`<button
              class="chip"
              aria-pressed=${value.favourite ?? false}
              @click=${() => this._set(value.favourite ? dropFilter(value, 'favourite') : { ...value, favourite: true })}
            >
              ${icon('heart', 'sm')}${t('favourites')}
            </button>`
      }
      ${filterParts(value)
        .filter(({ drop }) => drop.some((name) => BY_ADDRESS.has(name)))
        .map(
          ({ label, drop }) =>
            html`<button
              class="chip"
              aria-pressed="true"
              aria-label=${t('filter_drop', { label })}
              @click=${() => this._set(drop.reduce(dropFilter, value))}
            >
              <bdi>${label}</bdi>${icon('close', 'xs')}
            </button>`,
        )}
      ${
        this.count
          ? html`<span class="t3 sm-t num count only-desk"
              >${this.count.more ? t('posts_many', { n: formatNumber(this.count.value) }) : tn('posts', this.count.value)}</span
            >`
          : nothing
      }
    </div>`;
  }

  private _renderDates() {
    const chosen = spanOf(this.value);
    return html`<mf-menu .label=${t('filter_date')}>
      <button slot="trigger" class="chip" aria-pressed=${chosen !== 'any'}>
        ${icon('calendar', 'sm')}${dateLabel(this.value)}${icon('chev-d', 'xs')}
      </button>
      ${SPANS.map(
        (span) =>
          html`<button
            class="item"
            role="menuitemradio"
            aria-checked=${span === chosen}
            @click=${() => this._set({ ...dropFilter(dropFilter(this.value, 'from'), 'to'), ...(span === 'any' ? {} : { from: startOf(span) }) })}
          >
            ${t(`date_${span}`)}${span === chosen ? html`<span class="tick">${icon('check', 'sm')}</span>` : nothing}
          </button>`,
      )}
    </mf-menu>`;
  }

  private _toggle(name: 'kind' | 'platform' | 'tag', value: string): void {
    this._set(this.value[name] === value ? dropFilter(this.value, name) : { ...this.value, [name]: value });
  }

  private _set(filter: Filter): void {
    this.dispatchEvent(new CustomEvent('mf-filter', { detail: filter, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-filters': MfFilters;
  }
}
