import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { Folder } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import { pathName } from '../library/folder-tree.rules.ts';
import { foldersContext } from '../state/contexts.ts';
import type { SubmitWishes } from '../state/downloads.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/submit.ts';
import { readTags } from './options.rules.ts';

/** Where posts go. */
export type Filing = Pick<SubmitWishes, 'folder' | 'tags'>;

/**
 * Folder and tags for all links of the dialog.
 * @fires mf-file - what is chosen now (detail: Filing)
 */
@customElement('mf-submit-filing')
@localized()
export class MfSubmitFiling extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: flex;
        flex: 1;
        flex-wrap: wrap;
        gap: var(--mf-3);
      }
      label {
        display: flex;
        align-items: center;
        gap: 6px;
        color: var(--mf-text-2);
      }
      select,
      input {
        min-block-size: 40px;
        max-inline-size: 180px;
        padding: 6px 10px;
        border: 1px solid var(--mf-line-2);
        border-radius: var(--mf-radius-md);
        background: var(--mf-surface-1);
        color: var(--mf-text-1);
        font: inherit;
        font-size: var(--mf-text-sm);
      }
      label:last-of-type {
        flex: 1;
      }
      label:last-of-type input {
        flex: 1;
        min-inline-size: 100px;
        max-inline-size: 320px;
      }
      @media (max-width: 699px) {
        :host {
          flex: 1 1 100%;
        }
        label {
          flex: 1 1 40%;
        }
        select,
        input {
          flex: 1;
          min-inline-size: 0;
          max-inline-size: none;
          font-size: var(--mf-text-lg);
        }
      }
    `,
  ];

  /** What is chosen when it appears. */
  @property({ attribute: false }) filing: Filing = {};
  @state() private _folder = '';
  @state() private _tags = '';
  private readonly _folders = new UseStore(this, foldersContext);

  protected override willUpdate(): void {
    if (this.hasUpdated) return;
    this._folder = this.filing.folder ?? '';
    this._tags = (this.filing.tags ?? []).join(', ');
  }

  protected override firstUpdated(): void {
    this._folders.value?.open();
  }

  protected override render() {
    const { list = [], shared = [] } = this._folders.value ?? {};
    const open = shared.filter(({ right }) => right === 'add');
    return html`<label>
        ${icon('inbox', 'sm')}
        <select aria-label=${t('filing_folder')} @change=${this._onFolder}>
          <option value="">${t('filing_inbox')}</option>
          ${list.map(({ id }) => this._renderFolder(id, list))}
          ${open.length > 0 ? html`<optgroup label=${t('filing_shared')}>${open.map(({ id }) => this._renderFolder(id, shared))}</optgroup>` : nothing}
        </select>
      </label>
      <label>
        ${icon('tag', 'sm')}
        <input
          autocomplete="off"
          aria-label=${t('filing_tags')}
          placeholder=${t('filing_tags')}
          .value=${this._tags}
          @input=${this._onTags}
        />
      </label>`;
  }

  private _renderFolder(id: string, among: readonly Folder[]) {
    return html`<option value=${id} ?selected=${id === this._folder}>${pathName(among, id)}</option>`;
  }

  private readonly _onFolder = (event: Event): void => {
    this._folder = (event.target as HTMLSelectElement).value;
    this._tell();
  };

  private readonly _onTags = (event: Event): void => {
    this._tags = (event.target as HTMLInputElement).value;
    this._tell();
  };

  private _tell(): void {
    const tags = readTags(this._tags);
    const detail: Filing = { ...(this._folder && { folder: this._folder }), ...(tags.length > 0 && { tags }) };
    this.dispatchEvent(new CustomEvent('mf-file', { detail, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-submit-filing': MfSubmitFiling;
  }
}
