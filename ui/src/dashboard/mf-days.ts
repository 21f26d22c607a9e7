import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { base } from '../styles/base.ts';
import { formatBytes, formatNumber } from '../words/format.ts';
import { currentLocale } from '../words/t.ts';
import { localized, t } from '../words/status.ts';
import type { Day } from './status-types.ts';

/** Of a bar's width, and of the chart. The drawing is stretched to its box. */
const STEP = 10;
const BAR = 7.4;
const HEIGHT = 100;

/** What became of each day's downloads: bars, or the same as a table. */
@customElement('mf-days')
@localized()
export class MfDays extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
      }
      svg {
        display: block;
        inline-size: 100%;
        block-size: 128px;
        overflow: visible;
      }
      .saved {
        fill: var(--mf-surface-4);
      }
      .now .saved {
        fill: var(--mf-text-1);
      }
      .failed {
        fill: var(--mf-danger);
      }
      .none {
        fill: var(--mf-line-1);
      }
      .axis {
        display: flex;
        justify-content: space-between;
        align-items: center;
        gap: 8px;
        margin-block-start: 8px;
      }
      .axis span {
        white-space: nowrap;
      }
      .axis .btn {
        block-size: auto;
        min-block-size: 34px;
        white-space: normal;
      }
      .scroll {
        max-block-size: 168px;
        overflow-y: auto;
      }
      table {
        inline-size: 100%;
        border-collapse: collapse;
        font-size: var(--mf-text-sm);
      }
      th,
      td {
        padding: 4px 0;
        text-align: end;
        font-weight: inherit;
      }
      thead th {
        position: sticky;
        inset-block-start: 0;
        background: var(--mf-surface-1);
        color: var(--mf-text-3);
        font-size: var(--mf-text-xs);
      }
      th:first-child {
        text-align: start;
      }
    `,
  ];

  @property({ attribute: false }) days: readonly Day[] = [];
  @state() private _table = false;

  protected override render() {
    const [first] = this.days;
    if (!first) return nothing;
    return html`${this._table ? this._renderTable() : this._renderChart()}
      <div class="axis xs t3">
        <span>${this._table ? nothing : shortDay(first.day)}</span>
        <button class="btn ghost small" aria-pressed=${this._table ? 'true' : 'false'} @click=${this._turn}>
          ${t(this._table ? 'days_chart' : 'days_table')}
        </button>
        <span>${this._table ? nothing : t('today')}</span>
      </div>`;
  }

  private _renderChart() {
    const most = Math.max(1, ...this.days.map(({ completed, failed }) => completed + failed));
    const [saved, failed] = [sum(this.days, 'completed'), sum(this.days, 'failed')];
    return html`<svg
      role="img"
      viewBox="0 0 ${this.days.length * STEP} ${HEIGHT}"
      preserveAspectRatio="none"
      aria-label="${t('days')}. ${t('days_sum', { saved: formatNumber(saved), failed: formatNumber(failed) })}"
    >
      ${this.days.map((day, index) => this._renderBar(day, index, most))}
    </svg>`;
  }

  private _renderBar(day: Day, index: number, most: number) {
    const [saved, failed] = [(day.completed / most) * HEIGHT, (day.failed / most) * HEIGHT];
    const x = index * STEP + (STEP - BAR) / 2;
    const bar = (kind: string, height: number, y: number) =>
      height > 0
        ? svg`<rect class=${kind} x=${x} y=${y - Math.max(2, height)} width=${BAR} height=${Math.max(2, height)}></rect>`
        : nothing;
    return svg`<g class=${index === this.days.length - 1 ? 'now' : ''}>
      <title>${titleOf(day)}</title>
      <rect x=${index * STEP} y="0" width=${STEP} height=${HEIGHT} fill="transparent"></rect>
      ${saved + failed === 0 ? bar('none', 1, HEIGHT) : nothing}
      ${bar('saved', saved, HEIGHT)}${bar('failed', failed, HEIGHT - Math.max(saved > 0 ? 2 : 0, saved))}
    </g>`;
  }

  private _renderTable() {
    const shown = this.days.filter(({ completed, failed }) => completed + failed > 0).toReversed();
    return html`<div class="scroll" tabindex="0" role="group" aria-label=${t('days')}>
      <table>
        <caption class="vh">
          ${t('days')}
        </caption>
        <thead>
          <tr>
            <th scope="col">${t('days_day')}</th>
            <th scope="col">${t('days_saved')}</th>
            <th scope="col">${t('days_failed')}</th>
            <th scope="col">${t('days_bytes')}</th>
          </tr>
        </thead>
        <tbody class="num">
          ${shown.map(
            (day) =>
              html`<tr>
                <th scope="row">${shortDay(day.day)}</th>
                <td>${formatNumber(day.completed)}</td>
                <td>${formatNumber(day.failed)}</td>
                <td>${formatBytes(day.bytes)}</td>
              </tr>`,
          )}
        </tbody>
      </table>
    </div>`;
  }

  private readonly _turn = (): void => {
    this._table = !this._table;
  };
}

const sum = (days: readonly Day[], what: 'completed' | 'failed'): number =>
  days.reduce((total, day) => total + day[what], 0);

const titleOf = ({ day, completed, failed }: Day): string =>
  t('days_one', { day: shortDay(day), saved: formatNumber(completed), failed: formatNumber(failed) });

/** A day of the server's calendar, whatever the browser's time zone is. */
const shortDay = (day: string): string =>
  new Intl.DateTimeFormat(currentLocale(), { day: 'numeric', month: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T12:00:00Z`),
  );

declare global {
  interface HTMLElementTagNameMap {
    'mf-days': MfDays;
  }
}
