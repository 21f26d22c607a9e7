import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/mf-empty.ts';
import '../posts/mf-posts.ts';
import type { MfPosts } from '../posts/mf-posts.ts';
import type { Filter } from '../router/filter.ts';
import { filterOf } from '../router/library-place.ts';
import { foldersContext, libraryContext, routerContext, selectionContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import '../select/mf-purge.ts';
import { base } from '../styles/base.ts';
import { localized, t, tn } from '../words/library.ts';
import { pageStyles } from './page.styles.ts';

/** What was put away: it comes back from here, or goes for good. */
@customElement('mf-trash')
@localized()
export class MfTrash extends LitElement {
  static override styles = [base, pageStyles];

  @property({ attribute: false }) filter: Filter = {};
  @state() private _emptying = false;
  @query('mf-posts') private readonly _posts: MfPosts | null | undefined;
  private readonly _folders = new UseStore(this, foldersContext);
  private readonly _library = new UseStore(this, libraryContext);
  private readonly _router = new UseStore(this, routerContext);
  private readonly _selection = new UseStore(this, selectionContext);

  /** Gives the focus back to the card that was seen last. */
  focusPost(postId: string): void {
    this._posts?.focusPost(postId);
  }

  protected override willUpdate(): void {
    this._folders.value?.open();
  }

  protected override render() {
    const library = this._library.value;
    const selection = this._selection.value;
    const count = library?.count?.value ?? 0;
    return html`<div class="page">
        <div class="head">
          <div>
            <h1 tabindex="-1">${t('trash')}</h1>
            <p>${count > 0 ? `${tn('posts', count)} · ` : nothing}${t('trash_text')}</p>
          </div>
          ${
            count > 0
              ? html`<div class="tools">
                  <button
                    class="btn"
                    aria-pressed=${selection?.active ?? false}
                    @click=${() => (selection?.active ? selection.clear() : selection?.start())}
                  >
                    ${icon('select', 'sm')}${t('pick')}
                  </button>
                  <button class="btn" @click=${() => (this._emptying = true)}>
                    ${icon('trash', 'sm')}${t('trash_empty')}
                  </button>
                </div>`
              : nothing
          }
        </div>
      </div>
      <mf-posts
        .filter=${this.filter}
        .all=${filterOf({ kind: 'trash' }, this.filter)}
        .label=${t('trash')}
        .empty=${() => html`<mf-empty icon="trash" .heading=${t('trash_nothing')} .text=${t('trash_nothing_text')}></mf-empty>`}
        @mf-filter=${this._onFilter}
      ></mf-posts>
      ${
        this._emptying
          ? html`<mf-purge
              everything
              .posts=${library?.hasMore || library?.hasNewer ? [] : (library?.posts ?? [])}
              .count=${count}
              @mf-close=${() => (this._emptying = false)}
            ></mf-purge>`
          : nothing
      }`;
  }

  private readonly _onFilter = (event: CustomEvent<Filter>): void => {
    this._router.value?.go({ name: 'library', place: { kind: 'trash' }, filter: event.detail });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-trash': MfTrash;
  }
}
