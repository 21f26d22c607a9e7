import { Task } from '@lit/task';
import { css, html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { CalmElement } from '../elements/calm-element.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-menu.ts';
import { menuItems } from '../elements/mf-menu.ts';
import { apiContext } from '../state/contexts.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { chips } from '../styles/chips.ts';
import { formatNumber } from '../words/format.ts';
import { localized, t } from '../words/t.ts';

const OFFERED = 14;

/**
 * The chip of tags: the most used ones, read when they are first wanted.
 * @fires mf-tag - the tag to filter by (detail)
 */
@customElement('mf-tag-filter')
@localized()
export class MfTagFilter extends CalmElement {
  static override styles = [
    base,
    chips,
    menuItems,
    css`
      :host {
        flex: none;
      }
      .num {
        margin-inline-start: auto;
        padding-inline-start: 16px;
      }
    `,
  ];

  /** The tag that is filtered by. */
  @property() value = '';
  @state() private _wanted = false;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _tags = new Task(this, {
    task: async ([api, wanted], { signal }) => {
      if (!api || !wanted) return [];
      const { TagsQuery } = await import('../api/folder-documents.ts');
      return (await api.query(TagsQuery, { prefix: '', limit: OFFERED }, signal)).tags;
    },
    args: () => [this._api.value, this._wanted] as const,
  });

  protected override render() {
    return html`<mf-menu .label=${t('tags')} @pointerenter=${this._want} @focusin=${this._want}>
      <button slot="trigger" class="chip" aria-pressed=${this.value !== ''}>
        ${icon('tag', 'sm')}${t('tags')}${icon('chev-d', 'xs')}
      </button>
      ${this._tags.render({
        initial: () => nothing,
        pending: () => html`<p class="group">${t('tags_reading')}</p>`,
        error: () => html`<p class="group">${t('tags_unread')}</p>`,
        complete: (tags) =>
          tags.length === 0
            ? html`<p class="group">${t('tags_nothing')}</p>`
            : tags.map(
                ({ name, count }) =>
                  html`<button
                    class="item"
                    role="menuitemradio"
                    aria-checked=${name === this.value}
                    @click=${() => this._choose(name)}
                  >
                    <span class="clip" dir="auto">#${name}</span><span class="num t3 xs">${formatNumber(count)}</span>
                  </button>`,
              ),
      })}
    </mf-menu>`;
  }

  private readonly _want = (): void => {
    this._wanted = true;
  };

  private _choose(tag: string): void {
    this.dispatchEvent(new CustomEvent('mf-tag', { detail: tag, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-tag-filter': MfTagFilter;
  }
}
