import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { base } from '../styles/base.ts';
import { formatBytes } from '../words/format.ts';
import { localized, t } from '../words/status.ts';
import { paneStyles } from './dashboard.styles.ts';
import { daysLeft, growthOf } from './forecast.rules.ts';
import type { Sample } from './forecast.rules.ts';
import { formatSpan } from './spans.ts';
import type { Status } from './status-types.ts';

type Storage = Status['storage'];
type Total = NonNullable<Storage['total']>;
const DAY = 86_400;
const LONG = 3650;
/** A smaller share is not worth a sentence. */
const WORTH = 0.01;

/** How much room there is, who uses it, and for how long it lasts; of a user, how much they keep. */
@customElement('mf-status-storage')
@localized()
export class MfStatusStorage extends LitElement {
  static override styles = [
    base,
    paneStyles,
    css`
      .lead {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 2px 8px;
      }
      .big {
        font-size: 2rem;
        font-weight: var(--mf-weight-mid);
        letter-spacing: var(--mf-tracking-display);
        line-height: 1.1;
        white-space: nowrap;
      }
      .gauge {
        display: flex;
        gap: 2px;
        block-size: 12px;
        margin-block: 12px;
        border-radius: 6px;
        background: var(--mf-surface-4);
        overflow: hidden;
      }
      .gauge i {
        min-inline-size: 3px;
        background: var(--mf-kind-video);
      }
      .gauge .other {
        background: repeating-linear-gradient(115deg, var(--mf-kind-other) 0 3px, transparent 3px 6px);
      }
      .legend {
        display: flex;
        flex-wrap: wrap;
        gap: 5px 14px;
        margin-block-end: 12px;
        color: var(--mf-text-2);
      }
      .legend li::before {
        content: '';
        display: inline-block;
        inline-size: 8px;
        block-size: 8px;
        margin-inline-end: 7px;
        border-radius: 2px;
        background: var(--mf-kind-other);
      }
      .legend .ours::before {
        background: var(--mf-kind-video);
      }
      .legend b {
        margin-inline-start: 3px;
        color: var(--mf-text-1);
        font-weight: var(--mf-weight-mid);
      }
      p + p {
        margin-block-start: 6px;
      }
    `,
  ];

  @property({ attribute: false }) storage: Storage | undefined;
  @property({ attribute: false }) samples: readonly Sample[] = [];

  protected override render() {
    const { storage } = this;
    if (!storage) return nothing;
    return html`<h2>${t('store')}</h2>
      ${storage.total ? this._renderTotal(storage.total) : this._renderOwn(storage)}`;
  }

  private _renderOwn({ used, quota }: Storage) {
    const share = quota ? Math.min(100, (used / quota) * 100) : 0;
    return html`<div class="lead">
        <b class="big num">${formatBytes(used)}</b>
        <span class="t2">${t('store_own')}${quota ? `, ${t('store_of', { size: formatBytes(quota) })}` : ''}</span>
      </div>
      ${
        quota
          ? html`<div
              class="gauge"
              role="img"
              aria-label="${formatBytes(used)} ${t('store_own')}, ${t('store_of', { size: formatBytes(quota) })}"
            >
              <i style=${styleMap({ inlineSize: `${share}%` })}></i>
            </div>`
          : nothing
      }`;
  }

  private _renderTotal(total: Total) {
    const { bytes, free, size } = total;
    const other = Math.max(0, size - free - bytes);
    const once = total.platforms.reduce((sum, platform) => sum + platform.bytes, 0) - bytes;
    const figures = { ours: formatBytes(bytes), other: formatBytes(other), size: formatBytes(size) };
    const share = (part: number): string => `${size > 0 ? (part / size) * 100 : 0}%`;
    return html`<div class="lead">
        <b class="big num">${formatBytes(free)}</b><span class="t2">${t('store_free', { size: figures.size })}</span>
      </div>
      <div class="gauge" role="img" aria-label=${t('store_gauge', figures)}>
        <i style=${styleMap({ inlineSize: share(bytes) })}></i>
        <i class="other" style=${styleMap({ inlineSize: share(other) })}></i>
      </div>
      <ul class="legend xs" aria-hidden="true">
        <li class="ours">${t('store_ours')} <b class="num">${figures.ours}</b></li>
        <li>${t('store_others')} <b class="num">${figures.other}</b></li>
      </ul>
      <p class="sm-t t2">${this._forecast(total)}</p>
      ${once > bytes * WORTH ? html`<p class="sm-t t2">${t('store_once', { size: formatBytes(once) })}</p>` : nothing}`;
  }

  private _forecast({ free, reserve }: Total): string {
    const perDay = growthOf(this.samples);
    if (perDay === undefined) return t('store_early');
    const days = daysLeft(free - reserve, perDay);
    if (days === undefined) return t('store_flat');
    const week = formatBytes(perDay * 7);
    return days > LONG ? t('store_long', { week }) : t('store_growth', { week, time: formatSpan(days * DAY) });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-status-storage': MfStatusStorage;
  }
}
