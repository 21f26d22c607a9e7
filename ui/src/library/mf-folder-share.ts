import { Task } from '@lit/task';
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { MembersQuery } from '../api/account-documents.ts';
import type { Folder } from '../api/types.ts';
import { Busy } from '../elements/busy.ts';
import '../elements/mf-dialog.ts';
import { renderProblem } from '../elements/problem.ts';
import { apiContext, foldersContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { UseValue } from '../state/use-value.ts';
import { base } from '../styles/base.ts';
import { fields } from '../styles/fields.ts';
import { localized, t } from '../words/library.ts';
import { askStyles } from './ask.styles.ts';

type Right = Folder['shares'][number]['right'];
const RIGHTS: readonly (Right | null)[] = [null, 'read', 'add'];

/**
 * With whom a folder and all in it is shared, and what they may do.
 * @fires mf-close
 */
@customElement('mf-folder-share')
@localized()
export class MfFolderShare extends LitElement {
  static override styles = [
    base,
    fields,
    askStyles,
    css`
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 8px;
        padding-block: 8px;
      }
      li + li {
        border-block-start: 1px solid var(--mf-line-1);
      }
    `,
  ];

  @property({ attribute: false }) folder: Folder | undefined;
  private readonly _api = new UseValue(this, apiContext);
  private readonly _folders = new UseStore(this, foldersContext);
  private readonly _busy = new Busy(this);
  private readonly _people = new Task(this, {
    task: async ([api], { signal }) => (api ? (await api.query(MembersQuery, {}, signal)).members : []),
    args: () => [this._api.value] as const,
  });

  protected override render() {
    const { folder } = this;
    if (!folder) return nothing;
    const title = t('folder_share_title', { name: folder.name });
    return html`<mf-dialog size="s" middle .label=${title}>
      <div class="dlg">
        <h2 dir="auto">${title}</h2>
        <p class="sm-t t2">${t('folder_share_text')}</p>
        ${this._people.render({
          pending: () => html`<p class="sm-t t3" role="status">${t('people_loading')}</p>`,
          error: () => html`<p class="sm-t t2">${t('people_failed')}</p>`,
          complete: (people) => this._renderPeople(folder, people),
        })}
        ${renderProblem(this._busy.problem)}
      </div>
      <div class="foot"><button class="btn" @click=${this._close}>${t('done_button')}</button></div>
    </mf-dialog>`;
  }

  private _renderPeople(folder: Folder, people: readonly { id: string; username: string }[]) {
    const others = people.filter(({ id }) => id !== folder.ownerId);
    if (others.length === 0) return html`<p class="sm-t t2">${t('folder_share_nobody')}</p>`;
    return html`<ul>
      ${others.map(({ id, username }) => {
        const now = folder.shares.find(({ userId }) => userId === id)?.right ?? null;
        return html`<li>
          <bdi class="strong">${username}</bdi>
          <div class="seg" role="group" aria-label=${username}>
            ${RIGHTS.map(
              (right) =>
                html`<button
                  aria-pressed=${right === now}
                  ?disabled=${this._busy.on}
                  @click=${() => this._share(folder.id, id, right)}
                >
                  ${t(right === null ? 'right_none' : `right_${right}`)}
                </button>`,
            )}
          </div>
        </li>`;
      })}
    </ul>`;
  }

  private _share(id: string, userId: string, right: Right | null): void {
    void this._busy.run(async () => this._folders.value?.share(id, userId, right));
  }

  private readonly _close = (): void => {
    this.dispatchEvent(new CustomEvent('mf-close', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-folder-share': MfFolderShare;
  }
}
