import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Job } from '../api/types.ts';
import '../elements/mf-dialog.ts';
import { askStyles } from '../library/ask.styles.ts';
import { base } from '../styles/base.ts';
import { showLink } from '../submit/links.rules.ts';
import { localized, t } from '../words/downloads.ts';

/**
 * Asks before a profile or a list is cancelled: nothing brings it back as it was.
 * @fires mf-close - it goes on
 * @fires mf-sure - cancel it
 */
@customElement('mf-cancel-list')
@localized()
export class MfCancelList extends LitElement {
  static override styles = [base, askStyles];

  @property({ attribute: false }) job: Job | undefined;

  protected override render() {
    const title = t('cancel_list_title', { name: showLink(this.job?.url ?? '') });
    return html`<mf-dialog size="s" middle kind="alertdialog" .label=${title}>
      <div class="dlg">
        <h2 dir="auto">${title}</h2>
        <p class="t2">${t('cancel_list_text')}</p>
      </div>
      <div class="foot">
        <button class="btn ghost" autofocus @click=${() => this._tell('mf-close')}>${t('cancel_list_keep')}</button>
        <button class="btn bad" @click=${() => this._tell('mf-sure')}>${t('cancel_list_do')}</button>
      </div>
    </mf-dialog>`;
  }

  private _tell(type: 'mf-close' | 'mf-sure'): void {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-cancel-list': MfCancelList;
  }
}
