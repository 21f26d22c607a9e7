import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Job } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import '../elements/mf-skeleton.ts';
import { downloadsContext, routerContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/downloads.ts';
import './mf-job.ts';

/**
 * A profile or a list that is being saved: one line for all of it, and its posts when somebody wants to see them.
 * @fires mf-job-wish - `{ id, wish }` of the list or of one of its posts (detail)
 */
@customElement('mf-list-job')
@localized()
export class MfListJob extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      .fold {
        display: flex;
        align-items: center;
        gap: 6px;
        margin: -4px 14px 10px 78px;
        color: var(--mf-text-2);
        font-size: var(--mf-text-xs);
      }
      .posts {
        margin-inline-start: 40px;
        border-inline-start: 2px solid var(--mf-line-1);
      }
      .posts li + li {
        border-block-start: 1px solid var(--mf-line-1);
      }
      .tail {
        padding: 10px 14px;
        color: var(--mf-text-3);
        font-size: var(--mf-text-xs);
      }
      @media (max-width: 699px) {
        .fold {
          margin-inline-start: 62px;
        }
        .posts {
          margin-inline-start: 10px;
        }
      }
    `,
  ];

  @property({ attribute: false }) job: Job | undefined;
  @state() private _open = false;
  private readonly _downloads = new UseStore(this, downloadsContext);
  private readonly _router = new UseStore(this, routerContext);

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.job) this._downloads.value?.closePosts(this.job.id);
    this._open = false;
  }

  override focus(options?: FocusOptions): void {
    const row = this.renderRoot.querySelector('mf-job');
    void row?.updateComplete.then(() => row.focus(options));
  }

  protected override render() {
    const { job } = this;
    if (!job) return nothing;
    const any = (job.children?.total ?? 0) > 0;
    return html`<mf-job ?leaving=${this._downloads.value?.isLeaving(job.id)} .job=${job}></mf-job> ${
        any
          ? html`<button class="fold" aria-expanded=${this._open ? 'true' : 'false'} @click=${this._onFold}>
              ${icon(this._open ? 'chev-u' : 'chev-d', 'sm')}${t(this._open ? 'posts_hide' : 'posts_show')}
            </button>`
          : nothing
      }
      ${this._open ? this._renderPosts(job) : nothing}`;
  }

  private _renderPosts(job: Job) {
    const posts = this._downloads.value?.postsOf(job.id);
    if (!posts || (posts.loading && posts.jobs.length === 0))
      return html`<mf-skeleton shape="rows" .label=${t('posts_loading')}></mf-skeleton>`;
    return html`<div class="posts">
      <ul>
        ${repeat(
          posts.jobs,
          ({ id }) => id,
          (post) =>
            html`<li>
              <mf-job
                ?leaving=${this._downloads.value?.isLeaving(post.id)}
                .job=${post}
                .href=${this._hrefOf(post)}
              ></mf-job>
            </li>`,
        )}
      </ul>
      ${posts.jobs.length === 0 ? html`<p class="tail">${t('posts_none')}</p>` : nothing}
      ${
        posts.cursor === null
          ? nothing
          : html`<p class="tail">
              <button class="btn small" ?disabled=${posts.loading} @click=${this._onMore}>
                ${t(posts.loading ? 'more_loading' : 'more_show')}
              </button>
            </p>`
      }
    </div>`;
  }

  private _hrefOf({ post }: Job): string {
    return post ? (this._router.value?.href({ name: 'viewer', postId: post.id, item: 1 }) ?? '') : '';
  }

  private readonly _onFold = (): void => {
    this._open = !this._open;
    if (!this.job) return;
    if (this._open) void this._downloads.value?.loadPosts(this.job.id);
    else this._downloads.value?.closePosts(this.job.id);
  };

  private readonly _onMore = (): void => {
    if (this.job) void this._downloads.value?.loadPosts(this.job.id, true);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-list-job': MfListJob;
  }
}
