import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { describeFailure } from '../downloads/failures.ts';
import { glyph } from '../elements/icons.ts';
import { base } from '../styles/base.ts';
import { formatAgo, formatClock, formatNumber, formatMoment } from '../words/format.ts';
import { localized, t } from '../words/status.ts';
import { paneStyles } from './dashboard.styles.ts';
import { lastHours, sumOf } from './health.rules.ts';
import { formatSpan } from './spans.ts';
import type { PlatformHealth, Plugin, Status } from './status-types.ts';

type Account = Status['platformAccounts'][number];
/** A wait that is longer is told by the time of its end. Seconds. */
const SHORT = 3600;
const TONES = {
  active: 'ok',
  suspended: 'warn',
  disabled: 'off',
  failed: 'bad',
  incompatible: 'bad',
  missing: 'bad',
} as const satisfies Record<Plugin['state'], string>;

/**
 * How a platform does: its state, the last day hour by hour, and the session.
 * @fires mf-rest-over - the time at which it tries again has come
 */
@customElement('mf-health')
@localized()
export class MfHealth extends LitElement {
  static override styles = [
    base,
    paneStyles,
    css`
      :host {
        display: grid;
        gap: 12px;
        align-content: start;
        padding: 0;
        border-radius: 0;
        background: none;
        box-shadow: none;
      }
      h3 {
        font-size: var(--mf-text-md);
      }
      .strip {
        display: grid;
        grid-template-columns: repeat(24, 1fr);
        gap: 2px;
      }
      .strip i {
        block-size: 22px;
        border-radius: 2px;
        background: var(--mf-surface-4);
      }
      .strip .ok {
        background: var(--mf-ok);
        opacity: 0.85;
      }
      .strip .mixed {
        background: var(--mf-warn);
      }
      .strip .bad {
        background: var(--mf-danger);
      }
      .foot {
        display: flex;
        gap: 8px;
        min-block-size: 36px;
      }
      .foot p {
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) plugin: Plugin | undefined;
  @property({ attribute: false }) health: PlatformHealth | undefined;
  @property({ attribute: false }) accounts: readonly Account[] = [];
  /** Where the trouble is dealt with. */
  @property() fixHref = '';
  @state() private _now = Date.now();
  #ticking: ReturnType<typeof setInterval> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#still();
  }

  protected override updated(): void {
    const next = this.plugin?.nextTry;
    if (next && Date.parse(next) > Date.now()) this.#ticking ??= setInterval(() => this.#tick(), 1000);
    else this.#still();
  }

  #tick(): void {
    if (document.hidden) return;
    this._now = Date.now();
    const next = this.plugin?.nextTry;
    if (next && Date.parse(next) > this._now) return;
    this.#still();
    this.dispatchEvent(new CustomEvent('mf-rest-over', { bubbles: true, composed: true }));
  }

  #still(): void {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
  }

  protected override render() {
    const { plugin } = this;
    if (!plugin) return nothing;
    const { good, all } = sumOf(this.health);
    const platform = plugin.displayName;
    return html`<div class="row">
        <span class="pfb">${glyph(plugin.platform ?? '')}</span>
        <div class="grow">
          <h3 class="strong"><bdi>${platform}</bdi></h3>
          <span class="state ${TONES[plugin.state]}">${t(`plat_${plugin.state}`)}</span>
        </div>
      </div>
      <span
        class="strip"
        role="img"
        aria-label=${t('plat_hours', { platform, good: formatNumber(good), all: formatNumber(all) })}
        >${lastHours(this.health, this._now).map((hour) => html`<i class=${hour}></i>`)}</span
      >
      <div class="foot xs">
        <div class="grow">
          <p class="t2">${this._line(plugin)}</p>
          <p class="t3">
            ${[all > 0 ? t('plat_sum', { good: formatNumber(good), all: formatNumber(all) }) : t('plat_none'), this._session()].join(' · ')}
          </p>
          ${this._renderFailures(plugin)}
        </div>
        ${
          plugin.state === 'suspended' || this.accounts.some(({ status }) => status === 'rejected')
            ? html`<a class="signal strong" href=${this.fixHref}>${t('plat_fix')}</a>`
            : nothing
        }
      </div>`;
  }

  /** What matters now: when it goes on, else when it last went well. */
  private _line({ state: is, nextTry, reason }: Plugin): string {
    if (is === 'suspended') {
      if (!nextTry) return t('plat_until_you');
      const seconds = (Date.parse(nextTry) - this._now) / 1000;
      const next =
        seconds < SHORT
          ? t('plat_next', { time: formatClock(Math.max(0, seconds)) })
          : t('plat_next_at', { when: formatMoment(nextTry) });
      return [reason, next].filter(Boolean).join(' ');
    }
    if (is !== 'active') return reason ?? '';
    const last = this.health?.lastSuccessAt;
    return last ? t('plat_last', { when: formatAgo(last) }) : t('plat_never');
  }

  private _session(): string {
    const [account] = this.accounts.toSorted((a, b) => (b.savedAt ?? '').localeCompare(a.savedAt ?? ''));
    if (!account?.savedAt || account.status === 'none') return t('session_none');
    if (account.status === 'rejected') return t('session_rejected');
    if (account.status === 'expiring') return t('session_expiring');
    return t('session_age', { age: formatSpan((this._now - Date.parse(account.savedAt)) / 1000) });
  }

  private _renderFailures({ platform }: Plugin) {
    const { failures } = sumOf(this.health);
    return failures.slice(0, 2).map(([errorCode, count]) => {
      const { sentence } = describeFailure({ errorCode, errorMessage: errorCode, platform: platform ?? '' });
      return html`<p class="t3">${formatNumber(count)} × ${sentence}</p>`;
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-health': MfHealth;
  }
}
