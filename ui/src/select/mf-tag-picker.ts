import { Task } from '@lit/task';
import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { TagsQuery } from '../api/folder-documents.ts';
import type { Post } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import { menuItems } from '../elements/mf-menu.ts';
import { apiContext } from '../state/contexts.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { formatNumber } from '../words/format.ts';
import { localized, t } from '../words/select.ts';
import { hasTag } from './change.rules.ts';
import { pickerStyles } from './picker.styles.ts';
import { shareOf } from './selection.rules.ts';
import type { Share } from './selection.rules.ts';
import { walkList } from './walk-list.ts';

/** A tag that was ticked or let go of. */
export interface TagToggle {
  readonly tag: string;
  readonly on: boolean;
}

/** As many are offered at once. */
const OFFERED = 30;
const CHECKED = { all: 'true', some: 'mixed', none: 'false' } as const satisfies Record<Share, string>;

/** A tag as it is typed: without its sign. */
export const readTag = (text: string): string => text.trim().replace(/^#+/, '').trim().slice(0, 64);

/**
 * Tags for posts, each on, off or mixed; what is typed is completed from those that are there, or is a new one.
 * @fires mf-toggle - a tag, and whether the posts have it from now on (detail: TagToggle)
 */
@customElement('mf-tag-picker')
@localized()
export class MfTagPicker extends LitElement {
  static override styles = [base, fields, menuItems, pickerStyles];

  @property({ attribute: false }) posts: readonly Pick<Post, 'tags'>[] = [];
  @state() private _text = '';
  @query('input') private readonly _input: HTMLInputElement | null | undefined;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _tags = new Task(this, {
    task: async ([api, prefix], { signal }) =>
      api ? (await api.query(TagsQuery, { prefix, limit: OFFERED }, signal)).tags : [],
    args: () => [this._api.value, readTag(this._text)] as const,
  });

  /** With a finger the list is meant first: the field would bring the keyboard up. */
  override focus(): void {
    if (window.matchMedia('(hover: hover)').matches) void this.updateComplete.then(() => this._input?.focus());
  }

  protected override render() {
    const typed = readTag(this._text);
    const known = this._tags.value ?? [];
    const own = [...new Set(this.posts.flatMap(({ tags }) => tags))].filter(
      (tag) => !known.some(({ name }) => hasTag({ tags: [tag] }, name)) && fits(tag, typed),
    );
    const rows = [...own.map((name) => ({ name, count: 0 })), ...known];
    const isNew = typed !== '' && !rows.some(({ name }) => hasTag({ tags: [typed] }, name));
    return html`<div class="picker" @keydown=${(event: KeyboardEvent) => walkList(event, this.renderRoot)}>
      <label class="input">
        ${icon('tag', 'sm')}
        <input
          type="search"
          aria-label=${t('tag_find')}
          placeholder=${t('tag_find')}
          autocomplete="off"
          autocapitalize="off"
          enterkeyhint="done"
          maxlength="64"
          .value=${this._text}
          @input=${() => (this._text = this._input?.value ?? '')}
          @keydown=${this._onEnter}
        />
      </label>
      ${
        isNew
          ? html`<button class="item" @click=${() => this._toggle(typed, true)}>
              ${icon('plus', 'sm')}<span class="grow">${t('tag_make', { name: typed })}</span>
            </button>`
          : nothing
      }
      <div class="list" role="group" aria-label=${t('tags')}>
        ${rows.map(({ name, count }) => this._renderTag(name, count))}
      </div>
      ${rows.length === 0 && !isNew ? html`<p class="sm-t t3 foot-note">${t('tags_none')}</p>` : nothing}
    </div>`;
  }

  private _renderTag(name: string, count: number) {
    const share = shareOf(this.posts, (post) => hasTag(post, name));
    return html`<button
      class="item"
      role="checkbox"
      aria-checked=${CHECKED[share]}
      @click=${() => this._toggle(name, share !== 'all')}
    >
      <span class="tick">${icon(share === 'some' ? 'minus' : 'check', 'xs')}</span>
      <span class="grow clip"><bdi>${name}</bdi></span>
      ${count > 0 ? html`<span class="num t3 xs">${formatNumber(count)}</span>` : nothing}
    </button>`;
  }

  private readonly _onEnter = (event: KeyboardEvent): void => {
    const typed = readTag(this._text);
    if (event.key !== 'Enter' || event.isComposing || !typed) return;
    event.preventDefault();
    const same = this._tags.value?.find(({ name }) => hasTag({ tags: [typed] }, name));
    this._toggle(same?.name ?? typed, true);
  };

  private _toggle(tag: string, on: boolean): void {
    this._text = '';
    const detail: TagToggle = { tag, on };
    this.dispatchEvent(new CustomEvent('mf-toggle', { detail, bubbles: true, composed: true }));
  }
}

const fits = (tag: string, typed: string): boolean => tag.toLocaleLowerCase().startsWith(typed.toLocaleLowerCase());

declare global {
  interface HTMLElementTagNameMap {
    'mf-tag-picker': MfTagPicker;
  }
}
