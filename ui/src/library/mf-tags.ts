import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, query, state } from 'lit/decorators.js';
import { toApiError } from '../api/api-error.ts';
import { TagsQuery } from '../api/folder-documents.ts';
import type { Tag } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-empty.ts';
import '../elements/mf-menu.ts';
import { menuItems } from '../elements/mf-menu.ts';
import { apiContext, bulkContext, routerContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { errorSentence } from '../words/errors.ts';
import { formatNumber } from '../words/format.ts';
import { localized, t } from '../words/library.ts';
import './mf-tag-edit.ts';
import type { TagEdit } from './mf-tag-edit.ts';
import { pageStyles } from './page.styles.ts';

/** As many as the server hands out at once. */
const MOST = 50;

/** All tags, the most used first: to look at, rename, merge and take away. */
@customElement('mf-tags')
@localized()
export class MfTags extends LitElement {
  static override styles = [
    base,
    fields,
    menuItems,
    pageStyles,
    css`
      .input {
        max-inline-size: 360px;
        margin-block-end: var(--mf-3);
      }
      ul {
        columns: 280px auto;
        column-gap: 20px;
      }
      li {
        display: flex;
        align-items: center;
        gap: 4px;
        break-inside: avoid;
        border-block-end: 1px solid var(--mf-line-1);
      }
      li a {
        display: flex;
        flex: 1;
        align-items: center;
        gap: 10px;
        min-inline-size: 0;
        min-block-size: 44px;
        padding-inline: 8px;
      }
      li a:hover {
        color: var(--mf-signal-text);
      }
      li a .ic {
        color: var(--mf-text-3);
      }
    `,
  ];

  @state() private _prefix = '';
  @state() private _edit: { tag: Tag; kind: TagEdit } | undefined;
  @query('input') private readonly _input: HTMLInputElement | null | undefined;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _bulk = new UseStore(this, bulkContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _tags = new Task(this, {
    task: async ([api, prefix], { signal }) =>
      api ? (await api.query(TagsQuery, { prefix, limit: MOST }, signal)).tags : [],
    // A change of many posts may be one of tags: read them again when none runs.
    args: () => [this._api.value, this._prefix, this._bulk.value?.running.length ?? 0] as const,
  });

  protected override render() {
    const tags = this._tags.value;
    return html`<div class="page">
        <div class="head">
          <div>
            <h1 tabindex="-1">${t('tags')}</h1>
            <p>${t('tags_text')}</p>
          </div>
        </div>
        ${
          this._prefix || (tags?.length ?? 0) > 8
            ? html`<label class="input">
                ${icon('search', 'sm')}
                <input
                  type="search"
                  aria-label=${t('tags_find')}
                  placeholder=${t('tags_find')}
                  autocomplete="off"
                  .value=${this._prefix}
                  @input=${() => (this._prefix = this._input?.value.trim() ?? '')}
                />
              </label>`
            : nothing
        }
        ${tags ? this._renderTags(tags) : nothing}
        ${this._tags.render({
          initial: () => html`<p class="t3" role="status">${t('tags_loading')}</p>`,
          error: (error) =>
            html`<mf-empty icon="offline" .heading=${t('tags_failed')} .text=${errorSentence(toApiError(error))}>
              <button class="btn big" @click=${() => void this._tags.run()}>${t('again')}</button>
            </mf-empty>`,
        })}
      </div>
      ${
        this._edit
          ? html`<mf-tag-edit
              .tag=${this._edit.tag}
              .kind=${this._edit.kind}
              @mf-close=${() => (this._edit = undefined)}
            ></mf-tag-edit>`
          : nothing
      }`;
  }

  private _renderTags(tags: readonly Tag[]) {
    if (tags.length === 0)
      return this._prefix
        ? html`<p class="t2" role="status">${t('tags_no_match', { prefix: this._prefix })}</p>`
        : html`<mf-empty icon="tag" .heading=${t('tags_empty')} .text=${t('tags_empty_text')}></mf-empty>`;
    return html`<ul>
        ${tags.map((tag) => this._renderTag(tag))}
      </ul>
      ${tags.length >= MOST ? html`<p class="sm-t t3">${t('tags_more', { n: MOST })}</p>` : nothing}`;
  }

  private _renderTag(tag: Tag) {
    const href = this._router.value?.href({ name: 'library', place: { kind: 'tag', tag: tag.name }, filter: {} }) ?? '';
    const item = (kind: TagEdit, symbol: 'edit' | 'stack' | 'trash') =>
      html`<button class="item" role="menuitem" @click=${() => (this._edit = { tag, kind })}>
        ${icon(symbol, 'sm')}${t(`tag_${kind}`)}
      </button>`;
    return html`<li>
      <a href=${href}
        >${icon('tag', 'sm')}<span class="clip grow" dir="auto">${tag.name}</span
        ><span class="num t3 sm-t">${formatNumber(tag.count)}</span></a
      >
      <mf-menu .label=${tag.name}>
        <button slot="trigger" class="icb" aria-label=${t('folder_more', { name: tag.name })}>
          ${icon('more', 'sm')}
        </button>
        ${item('rename', 'edit')} ${item('merge', 'stack')}
        <hr />
        ${item('drop', 'trash')}
      </mf-menu>
    </li>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-tags': MfTags;
  }
}
