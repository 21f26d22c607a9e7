import { html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Tag } from '../api/types.ts';
import { Busy } from '../elements/busy.ts';
import '../elements/mf-dialog.ts';
import { renderProblem } from '../elements/problem.ts';
import type { Change } from '../select/change.rules.ts';
import { readTag } from '../select/mf-tag-picker.ts';
import '../select/mf-tag-picker.ts';
import type { TagToggle } from '../select/mf-tag-picker.ts';
import { bulkContext, libraryContext, toastsContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { localized, t, tn } from '../words/library.ts';
import { askStyles } from './ask.styles.ts';

/** A new name; another tag that takes the posts in; or off all posts. */
export type TagEdit = 'rename' | 'merge' | 'drop';

/**
 * Changes a tag on all posts that have it.
 * @fires mf-close
 */
@customElement('mf-tag-edit')
@localized()
export class MfTagEdit extends LitElement {
  static override styles = [base, fields, askStyles];

  @property({ attribute: false }) tag: Tag | undefined;
  @property() kind: TagEdit = 'rename';
  @query('input') private readonly _input: HTMLInputElement | null | undefined;
  private readonly _bulk = new UseStore(this, bulkContext);
  private readonly _library = new UseStore(this, libraryContext);
  private readonly _toasts = new UseStore(this, toastsContext);
  private readonly _busy = new Busy(this);

  protected override render() {
    const { tag } = this;
    if (!tag) return nothing;
    const title = t(`tag_${this.kind}_title`, { name: tag.name });
    if (this.kind === 'merge')
      return html`<mf-dialog size="s" middle .label=${title}>
        <div class="dlg">
          <h2 dir="auto">${title}</h2>
          <p class="sm-t t2">${t('tag_merge_text', { name: tag.name })}</p>
          ${renderProblem(this._busy.problem)}
        </div>
        <mf-tag-picker
          @mf-toggle=${(event: CustomEvent<TagToggle>) => void this._rename(event.detail.tag)}
        ></mf-tag-picker>
      </mf-dialog>`;
    const drop = this.kind === 'drop';
    return html`<mf-dialog size="s" middle kind=${drop ? 'alertdialog' : 'dialog'} .label=${title}>
      <form @submit=${this._onSubmit}>
        <div class="dlg">
          <h2 dir="auto">${title}</h2>
          ${drop ? html`<p class="sm-t t2">${tn('tag_drop_text', tag.count)}</p>` : this._renderField(tag.name)}
          ${renderProblem(this._busy.problem)}
        </div>
        <div class="foot">
          <button class="btn ghost" type="button" @click=${this._close}>${t('cancel')}</button>
          <button class="btn ${drop ? 'paper' : 'main'}" ?disabled=${this._busy.on}>${t(`tag_${this.kind}_go`)}</button>
        </div>
      </form>
    </mf-dialog>`;
  }

  private _renderField(name: string) {
    return html`<div class="field">
      <label for="name">${t('name')}</label>
      <div class="input">
        <input
          autofocus
          id="name"
          dir="auto"
          maxlength="64"
          autocomplete="off"
          autocapitalize="off"
          required
          .value=${name}
        />
      </div>
      <p class="hint">${t('tag_rename_hint')}</p>
    </div>`;
  }

  private readonly _onSubmit = (event: Event): void => {
    event.preventDefault();
    const { tag } = this;
    if (!tag) return;
    if (this.kind === 'drop')
      return void this._change({ action: 'removeTags', options: { tags: [tag.name] } }, 'tag_dropped');
    void this._rename(readTag(this._input?.value ?? ''));
  };

  private async _rename(to: string): Promise<void> {
    const { tag } = this;
    if (!tag || !to || to === tag.name) {
      this._close();
      return;
    }
    await this._change({ action: 'renameTag', options: { tags: [tag.name], to } }, 'tag_renamed', to);
  }

  private async _change(change: Change, said: 'tag_dropped' | 'tag_renamed', to = ''): Promise<void> {
    const { tag } = this;
    if (!tag) return;
    const done = await this._busy.run(async () => this._bulk.value?.run(change, { filter: { tag: tag.name } }));
    if (!done) return;
    this._toasts.value?.show({ text: t(said, { name: tag.name, to }), tone: 'good' });
    this._close();
    void this._library.value?.reread();
  }

  private readonly _close = (): void => {
    this.dispatchEvent(new CustomEvent('mf-close', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-tag-edit': MfTagEdit;
  }
}
