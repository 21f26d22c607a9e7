import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { base } from '../styles/base.ts';
import { localized, t } from '../words/status.ts';
import { paneStyles } from './dashboard.styles.ts';
import './mf-health.ts';
import type { Status } from './status-types.ts';

/** Every platform beside the others. */
@customElement('mf-status-platforms')
@localized()
export class MfStatusPlatforms extends LitElement {
  static override styles = [
    base,
    paneStyles,
    css`
      :host {
        container-type: inline-size;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(5, minmax(0, 1fr));
        gap: 20px 0;
      }
      li {
        padding-inline: 18px;
      }
      li + li {
        border-inline-start: 1px solid var(--mf-line-1);
      }
      li:first-child {
        padding-inline-start: 0;
      }
      h2 span {
        font-weight: 400;
      }
      @container (max-width: 980px) {
        ul {
          grid-template-columns: minmax(0, 1fr);
          gap: 0;
        }
        li {
          padding: 14px 0;
        }
        li + li {
          border-inline-start: 0;
          border-block-start: 1px solid var(--mf-line-1);
        }
      }
    `,
  ];

  @property({ attribute: false }) status: Status | undefined;
  @property() fixHref = '';

  protected override render() {
    const { status } = this;
    if (!status) return nothing;
    const connectors = status.plugins.filter(({ kind }) => kind === 'connector');
    return html`<h2 class="row wrap">${t('plats')} <span class="end xs t3">${t('plats_note')}</span></h2>
      <ul>
        ${connectors.map(
          (plugin) =>
            html`<li>
              <mf-health
                .plugin=${plugin}
                .health=${status.platformHealth.find(({ platform }) => platform === plugin.platform)}
                .accounts=${status.platformAccounts.filter(({ platform }) => platform === plugin.platform)}
                .fixHref=${this.fixHref}
              ></mf-health>
            </li>`,
        )}
      </ul>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-status-platforms': MfStatusPlatforms;
  }
}
