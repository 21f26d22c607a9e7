import { html, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { styleMap } from 'lit/directives/style-map.js';
import { CalmElement } from '../elements/calm-element.ts';
import { base } from '../styles/base.ts';
import { formatMonth } from '../words/format.ts';
import { localized, t } from '../words/t.ts';
import { indexOfMonth, layTicks, monthAt } from './months.rules.ts';
import { scrubberStyles } from './scrubber.styles.ts';

/** Names of months keep so far apart. CSS pixels. */
const APART = 30;

/**
 * The months of the wall, newest on top: a press or a drag leads to one. For a mouse; a slider for keys.
 * @fires mf-jump - the month to show, `YYYY-MM` (detail)
 */
@customElement('mf-scrubber')
@localized()
export class MfScrubber extends CalmElement {
  static override styles = [base, scrubberStyles];

  /** Newest first, `YYYY-MM`. */
  @property({ attribute: false }) months: readonly string[] = [];
  /** The month that is on screen. */
  @property() at = '';
  @state() private _goal = '';
  @state() private _height = 0;
  @query('.rail') private readonly _rail: HTMLElement | null | undefined;
  private readonly _watcher = new ResizeObserver(() => (this._height = this.clientHeight));
  private _holding = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this._watcher.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this._watcher.disconnect();
  }

  protected override render() {
    const { months } = this;
    if (months.length < 2) return nothing;
    const index = indexOfMonth(months, this._goal || this.at || (months[0] ?? ''));
    const month = months[index] ?? '';
    const place = styleMap({ '--at': String(index / (months.length - 1)) });
    return html`<div
      class="rail"
      role="slider"
      tabindex="0"
      aria-label=${t('scrubber')}
      aria-orientation="vertical"
      aria-valuemin="0"
      aria-valuemax=${months.length - 1}
      aria-valuenow=${index}
      aria-valuetext=${formatMonth(month, 'long')}
      @keydown=${this._onKey}
      @pointerdown=${this._onDown}
      @pointermove=${this._onMove}
      @pointerup=${this._onUp}
      @pointercancel=${this._drop}
      @pointerleave=${this._onLeave}
    >
      ${layTicks(months, this._height, APART).map(
        ({ month: of, at, named, year }) =>
          html`<span class="tick ${named ? 'named' : ''}" style=${styleMap({ '--at': String(at) })}
            >${named ? (year ? of.slice(0, 4) : formatMonth(of, 'short')) : nothing}</span
          >`,
      )}
      <span class="here ${this._goal ? 'goal' : ''}" style=${place}
        >${formatMonth(month, this._goal ? 'medium' : 'short')}</span
      >
    </div>`;
  }

  private readonly _onKey = (event: KeyboardEvent): void => {
    const { months } = this;
    const index = indexOfMonth(months, this.at || (months[0] ?? ''));
    const goals: Readonly<Record<string, number>> = {
      ArrowDown: index + 1,
      ArrowRight: index + 1,
      ArrowUp: index - 1,
      ArrowLeft: index - 1,
      PageDown: index + 12,
      PageUp: index - 12,
      Home: 0,
      End: months.length - 1,
    };
    const goal = goals[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this._jump(months[Math.min(months.length - 1, Math.max(0, goal))]);
  };

  private readonly _onDown = (event: PointerEvent): void => {
    if (event.button !== 0) return;
    this._holding = true;
    this._rail?.setPointerCapture(event.pointerId);
    this._point(event);
  };

  private readonly _onMove = (event: PointerEvent): void => {
    if (event.pointerType === 'mouse') this._point(event);
  };

  private readonly _onUp = (): void => {
    const goal = this._goal;
    const held = this._holding;
    this._drop();
    if (held) this._jump(goal);
  };

  private readonly _onLeave = (): void => {
    if (!this._holding) this._drop();
  };

  private readonly _drop = (): void => {
    this._goal = '';
    this._holding = false;
  };

  private _point({ clientY }: PointerEvent): void {
    const { top, height } = this.getBoundingClientRect();
    this._goal = monthAt(this.months, (clientY - top) / Math.max(1, height)) ?? '';
  }

  private _jump(month: string | undefined): void {
    if (month) this.dispatchEvent(new CustomEvent('mf-jump', { detail: month, bubbles: true, composed: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'mf-scrubber': MfScrubber;
  }
}
