import { html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { toApiError } from '../api/api-error.ts';
import type { Post } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import { renderProblem } from '../elements/problem.ts';
import { apiContext, libraryContext } from '../state/contexts.ts';
import { organize } from '../state/organize.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { errorSentence } from '../words/errors.ts';
import { localized, t } from '../words/viewer.ts';
import { ownWordsStyles } from './own-words.styles.ts';

interface Draft {
  readonly title: string;
  readonly note: string;
}

/** What was typed and not saved, by post: going on to another one loses nothing. */
const drafts = new Map<string, Draft>();

/**
 * What a person has to say of a post: a title of their own, and a note.
 * @fires mf-post - the post as it is now (detail)
 */
@customElement('mf-own-words')
@localized()
export class MfOwnWords extends LitElement {
  static override styles = [base, fields, ownWordsStyles];

  @property({ attribute: false }) post: Post | undefined;
  @state() private _editing = false;
  @state() private _busy = false;
  @state() private _problem = '';
  @query('input') private readonly _title: HTMLInputElement | null | undefined;
  @query('textarea') private readonly _note: HTMLTextAreaElement | null | undefined;
  @query('.open') private readonly _opener: HTMLElement | null | undefined;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _library = new UseStore(this, libraryContext);

  /** Opens the fields, as the N key does. */
  async edit(): Promise<void> {
    this._editing = true;
    await this.updateComplete;
    this._note?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('post') || changed.get('post')?.id === this.post?.id) return;
    this._editing = drafts.has(this.post?.id ?? '');
    this._problem = '';
  }

  protected override render() {
    const { post } = this;
    if (!post || post.foreign) return nothing;
    return this._editing ? this._renderFields(post) : this._renderWords(post);
  }

  private _renderWords({ note, ownTitle }: Post) {
    const label = note || ownTitle ? t('words_edit') : t('words_add');
    return html`<section aria-labelledby="note">
      <h2 id="note">${t('note')}</h2>
      ${note ? html`<p class="note-text" dir="auto">${note}</p>` : nothing}
      <button class="add open" title=${t('words_key')} @click=${() => void this.edit()}>
        ${icon('edit', 'xs')}${label}
      </button>
    </section>`;
  }

  private _renderFields(post: Post) {
    const draft = drafts.get(post.id) ?? { title: post.ownTitle ?? '', note: post.note ?? '' };
    return html`<form @submit=${this._onSubmit} @input=${() => this._keep(post.id)} @keydown=${this._onKey}>
      <div class="field">
        <label for="title">${t('own_title')}</label>
        <div class="input">
          <input
            id="title"
            dir="auto"
            maxlength="500"
            autocomplete="off"
            placeholder=${post.ownTitle ? '' : (post.title ?? '')}
            .value=${draft.title}
          />
        </div>
      </div>
      <div class="field">
        <label for="note">${t('note')}</label>
        <textarea id="note" dir="auto" rows="4" maxlength="10000" .value=${draft.note}></textarea>
      </div>
      ${renderProblem(this._problem)}
      <div class="row tight">
        <button class="btn small paper" type="submit" ?disabled=${this._busy}>${t('save')}</button>
        <button class="btn small ghost" type="button" @click=${() => this._drop(post.id)}>${t('words_drop')}</button>
      </div>
    </form>`;
  }

  private _keep(id: string): void {
    drafts.set(id, { title: this._title?.value ?? '', note: this._note?.value ?? '' });
  }

  private readonly _onKey = (event: KeyboardEvent): void => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void this._save();
    else if (event.key === 'Escape') void this._shut();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  private readonly _onSubmit = (event: Event): void => {
    event.preventDefault();
    void this._save();
  };

  private async _save(): Promise<void> {
    const { post } = this;
    const [api, library] = [this._api.value, this._library.value];
    if (!post || !api || !library || this._busy) return;
    const words = { title: this._title?.value ?? '', note: this._note?.value ?? '' };
    this._busy = true;
    this._problem = '';
    try {
      const detail = await organize(api, library, post.id, words);
      drafts.delete(post.id);
      this.dispatchEvent(new CustomEvent<Post>('mf-post', { detail, bubbles: true, composed: true }));
      if (this.post?.id === post.id) await this._shut();
    } catch (error) {
      this._problem = errorSentence(toApiError(error));
    }
    this._busy = false;
  }

  private _drop(id: string): void {
    drafts.delete(id);
    void this._shut();
  }

  private async _shut(): Promise<void> {
    this._editing = false;
    this._problem = '';
    await this.updateComplete;
    this._opener?.focus();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-own-words': MfOwnWords;
  }
}
