import { css, html, LitElement, nothing } from 'lit';
import type { PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { classMap } from 'lit/directives/class-map.js';
import { styleMap } from 'lit/directives/style-map.js';
import type { DownloadStatus, Stage } from '../api/types.ts';
import { reset } from '../styles/reset.ts';
import { localized, t } from '../words/t.ts';
import { layTrip, STAGES, placeOf } from './trip.rules.ts';

/**
 * The five stages of a link's trip. Never runs backwards within an attempt.
 * @csspart segment - one of the five
 */
@customElement('mf-trip')
@localized()
export class MfTrip extends LitElement {
  static override styles = [
    reset,
    css`
      :host {
        display: block;
      }
      .trip,
      .labels {
        display: grid;
        grid-template-columns: 1fr 5fr 1fr 2.4fr 1fr;
        gap: 3px;
      }
      i {
        position: relative;
        block-size: 5px;
        border-radius: 3px;
        background: var(--mf-trip-track, var(--mf-surface-4));
        overflow: hidden;
      }
      .done {
        background: var(--mf-trip-fill, var(--mf-signal-text));
        opacity: 0.5;
      }
      .now::after {
        content: '';
        position: absolute;
        inset-block: 0;
        inset-inline-start: 0;
        inline-size: var(--pct);
        border-radius: 3px;
        background: var(--mf-trip-fill, var(--mf-signal-text));
        transition: inline-size var(--mf-base) linear;
      }
      .now.sweep::after {
        inline-size: 40%;
        animation: sweep 1.3s var(--mf-both) infinite;
      }
      :host(:dir(rtl)) .now.sweep::after {
        animation-direction: reverse;
      }
      .fail {
        background: var(--mf-danger);
      }
      .held {
        background: repeating-linear-gradient(90deg, var(--mf-warn) 0 4px, transparent 4px 8px);
      }
      .paused .done {
        background: var(--mf-text-3);
      }
      .paused .now::after {
        background: var(--mf-text-2);
      }
      .thick i {
        block-size: 8px;
        border-radius: 4px;
      }
      .labels {
        margin-block-start: 6px;
        color: var(--mf-text-3);
        font-size: var(--mf-text-2xs);
        white-space: nowrap;
      }
      .labels .on {
        color: var(--mf-signal-text);
        font-weight: var(--mf-weight-mid);
      }
      @keyframes sweep {
        from {
          translate: -110% 0;
        }
        to {
          translate: 260% 0;
        }
      }
      @media (prefers-reduced-motion: reduce) {
        .now.sweep::after {
          animation: none;
          inline-size: 100%;
          opacity: 0.45;
        }
      }
      @media (forced-colors: active) {
        i {
          background: Canvas;
          border: 1px solid CanvasText;
        }
        .done,
        .now::after {
          background: Highlight;
          forced-color-adjust: none;
        }
      }
    `,
  ];

  @property() stage: Stage | null = null;
  /** 0-100 over the whole job. */
  @property({ type: Number }) progress = 0;
  @property() status: DownloadStatus = 'running';
  @property({ type: Number }) attempt = 1;
  /** The stage's length is unknown: a sweep instead of a share. */
  @property({ type: Boolean }) indeterminate = false;
  @property({ type: Boolean }) held = false;
  @property({ type: Boolean }) thick = false;
  /** Names of the stages under the bar. */
  @property({ type: Boolean }) labels = false;

  @state() private _progress = 0;
  @state() private _stage: Stage | null = null;
  private _attempt = 0;

  protected override willUpdate(changed: PropertyValues<this>): void {
    const again = this.attempt !== this._attempt || (changed.has('status') && changed.get('status') === 'failed');
    this._attempt = this.attempt;
    if (again || this.progress >= this._progress) {
      this._progress = Math.min(100, Math.max(0, this.progress));
      this._stage = this.stage;
    }
  }

  protected override render() {
    const { segments, share } = layTrip(this._stage, this._progress);
    const failed = this.status === 'failed';
    const sweep = this.indeterminate && this.status === 'running';
    const first = Math.max(0, placeOf(this._stage));
    return html`<div
        class=${classMap({ trip: true, thick: this.thick, paused: this.status === 'paused' })}
        role="progressbar"
        aria-label=${this._label()}
        aria-valuemin="0"
        aria-valuemax="100"
        aria-valuenow=${sweep ? nothing : Math.round(this._progress)}
        style=${styleMap({ '--pct': `${share}%` })}
      >
        ${segments.map((segment, index) => {
          const here = index === first;
          const held = this.held && here;
          const fail = failed && here;
          return html`<i
            part="segment"
            class=${held ? 'held' : fail ? 'fail' : `${segment} ${sweep && here ? 'sweep' : ''}`}
          ></i>`;
        })}
      </div>
      ${
        this.labels
          ? html`<div class="labels" aria-hidden="true">
              ${STAGES.map((stage) => html`<span class=${stage === this._stage ? 'on' : ''}>${t(`trip_${stage}`)}</span>`)}
            </div>`
          : nothing
      }`;
  }

  private _label(): string {
    if (this.status === 'paused') return t('trip_paused');
    if (this.held) return t('trip_held');
    if (this.status === 'queued') return t('trip_queued');
    return this._stage ? t(`stage_${this._stage}`) : t('trip_queued');
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-trip': MfTrip;
  }
}
