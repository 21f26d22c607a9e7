import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { icon } from '../elements/icons.ts';
import type { IconName } from '../elements/icons.ts';
import { base } from '../styles/base.ts';
import { formatNumber } from '../words/format.ts';
import { localized, t } from '../words/status.ts';
import { paneStyles } from './dashboard.styles.ts';
import './mf-tools.ts';
import type { Machinery, Status } from './status-types.ts';

type Part = Status['status']['parts'][number];

/** Parts of the server that people know by a name, in the order of their lines. */
const PARTS = { database: 'server', storage: 'disk', vault: 'key' } as const satisfies Record<string, IconName>;
const TONES = { ok: 'ok', degraded: 'warn', down: 'bad' } as const;

/** The server's parts, its workers and its tools; for admins. */
@customElement('mf-status-behind')
@localized()
export class MfStatusBehind extends LitElement {
  static override styles = [
    base,
    paneStyles,
    css`
      li {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 0 10px;
        min-block-size: 38px;
        font-size: var(--mf-text-sm);
      }
      li > .ic {
        color: var(--mf-text-3);
      }
      .state {
        flex: none;
        min-inline-size: 92px;
      }
      .why {
        flex-basis: 100%;
        padding-inline-start: 28px;
      }
    `,
  ];

  @property({ attribute: false }) parts: readonly Part[] = [];
  @property({ attribute: false }) workers: Machinery['workers'] = [];

  protected override render() {
    return html`<h2>${t('behind')}</h2>
      <ul>
        ${this._renderWorkers()}
        ${Object.entries(PARTS).map(([name, symbol]) => {
          const part = this.parts.find((each) => each.name === name);
          return part ? this._renderPart(part, name as keyof typeof PARTS, symbol) : ''; // Its own keys.
        })}
      </ul>
      <mf-tools></mf-tools>`;
  }

  private _renderPart({ state, reason }: Part, name: keyof typeof PARTS, symbol: IconName) {
    return html`<li>
      ${icon(symbol, 'sm')}<span class="grow">${t(`part_${name}`)}</span>
      <span class="state ${TONES[state]}">${t(`state_${state}`)}</span>
      ${state === 'ok' ? '' : html`<span class="why xs t3">${reason}</span>`}
    </li>`;
  }

  private _renderWorkers() {
    const [busy, slots] = [sum(this.workers, 'busy'), sum(this.workers, 'slots')];
    const tone = this.workers.length === 0 ? 'bad' : 'ok';
    const says =
      this.workers.length === 0
        ? t('state_down')
        : busy === 0
          ? t('workers_idle')
          : t('workers_busy', { busy: formatNumber(busy), slots: formatNumber(slots) });
    return html`<li>
      ${icon('bolt', 'sm')}<span class="grow">${t('part_workers')}</span>
      <span class="t2 xs num">${formatNumber(this.workers.length)}</span>
      <span class="state ${tone}">${says}</span>
    </li>`;
  }
}

const sum = (workers: Machinery['workers'], what: 'busy' | 'slots'): number =>
  workers.reduce((total, worker) => total + worker[what], 0);

declare global {
  interface HTMLElementTagNameMap {
    'mf-status-behind': MfStatusBehind;
  }
}
