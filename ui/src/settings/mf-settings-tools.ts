import { css, html, LitElement } from 'lit';
import { customElement } from 'lit/decorators.js';
import '../dashboard/mf-tools.ts';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/settings.ts';
import { settingsStyles } from './settings.styles.ts';

/** The outside programs, with what each comes from and their renewal. */
@customElement('mf-settings-tools')
@localized()
export class MfSettingsTools extends LitElement {
  static override styles = [
    base,
    settingsStyles,
    css`
      .lst {
        padding: 10px 16px 14px;
      }
    `,
  ];

  protected override render() {
    return html`<section aria-labelledby="h">
      <header>
        <h2 id="h">${t('settings_tools')}</h2>
        <p>${t('tools_text')}</p>
      </header>
      <div class="lst"><mf-tools long></mf-tools></div>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-settings-tools': MfSettingsTools;
  }
}
