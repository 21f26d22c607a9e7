import { html, LitElement, nothing } from 'lit';
import { customElement } from 'lit/decorators.js';
import { installingContext } from '../state/contexts.ts';
import { UseStore } from '../state/use-store.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/settings.ts';
import { settingsStyles } from './settings.styles.ts';

/** The way to have the app on this device, with an icon of its own. */
@customElement('mf-install')
@localized()
export class MfInstall extends LitElement {
  static override styles = [base, settingsStyles];

  private readonly _installing = new UseStore(this, installingContext);

  protected override render() {
    const installing = this._installing.value;
    return html`<div class="line">
      <div class="grow">
        <p class="strong sm-t">${t('install')}</p>
        <p class="xs t3">${this._hint()}</p>
      </div>
      ${
        installing?.offered
          ? html`<button class="btn" @click=${() => void installing.ask()}>${t('install_now')}</button>`
          : nothing
      }
    </div>`;
  }

  private _hint(): string {
    const installing = this._installing.value;
    if (installing?.installed) return t('install_done');
    if (installing?.offered) return t('install_text');
    return t(window.isSecureContext ? 'install_menu' : 'install_https');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-install': MfInstall;
  }
}
