import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import '../elements/mf-dialog.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/keys.ts';
import type { MessageId } from '../words/keys.ts';

const KEYS: readonly (readonly [string, MessageId])[] = [
  ['/', 'key_search'],
  ['Ctrl K', 'key_palette'],
  ['Ctrl V', 'key_paste'],
  ['G H', 'key_home'],
  ['G L', 'key_library'],
  ['G D', 'key_downloads'],
  ['S', 'key_select'],
  ['X', 'key_pick'],
  ['A', 'key_folders'],
  ['T', 'key_tags'],
  ['N', 'key_words'],
  ['Z', 'key_undo'],
  ['F2', 'key_rename'],
  ['← → ↑ ↓', 'key_arrows'],
  ['Space', 'key_play'],
  ['J L', 'key_seek'],
  [', .', 'key_frame'],
  ['+ − 0', 'key_zoom'],
  ['M', 'key_mute'],
  ['F', 'key_full'],
  ['I', 'key_details'],
  ['D', 'key_download'],
  ['P', 'key_pause'],
  ['R', 'key_retry'],
  ['Del', 'key_remove'],
  ['Esc', 'key_close'],
];

/**
 * All keys on one page.
 * @fires mf-close
 */
@customElement('mf-keys')
@localized()
export class MfKeys extends LitElement {
  static override styles = [
    base,
    css`
      .dlg {
        display: grid;
        gap: 16px;
        padding: 22px;
      }
      header {
        display: flex;
        align-items: center;
        justify-content: space-between;
      }
      h2 {
        font-size: var(--mf-text-xl);
      }
      dl {
        display: grid;
        gap: 9px;
        font-size: var(--mf-text-sm);
      }
      dl div {
        display: grid;
        grid-template-columns: 96px 1fr;
        align-items: center;
        gap: 8px;
      }
      dt {
        display: flex;
        gap: 4px;
      }
      dd {
        color: var(--mf-text-2);
      }
    `,
  ];

  protected override render() {
    return html`<mf-dialog size="s" middle .label=${t('keys')}>
      <div class="dlg">
        <header>
          <h2>${t('keys')}</h2>
          <button class="icb" aria-label=${t('close')} @click=${this._close}>${icon('close', 'sm')}</button>
        </header>
        <dl>
          ${KEYS.map(
            ([keys, what]) =>
              html`<div>
                <dt>${keys.split(' ').map((key) => html`<kbd class="kbd">${key}</kbd>`)}</dt>
                <dd>${t(what)}</dd>
              </div>`,
          )}
        </dl>
      </div>
    </mf-dialog>`;
  }

  private readonly _close = (): void => {
    this.dispatchEvent(new CustomEvent('mf-close', { bubbles: true, composed: true }));
  };
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-keys': MfKeys;
  }
}
