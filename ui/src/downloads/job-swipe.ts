import { css, html, nothing } from 'lit';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Job } from '../api/types.ts';
import { icon } from '../elements/icons.ts';
import { TouchDrag } from '../elements/touch-drag.ts';
import { isZoomed, watchZoom } from '../elements/zoom.ts';
import { t } from '../words/downloads.ts';
import { canSwipe, isAtEdge, isFar, swipeWish } from './swipe.rules.ts';
import type { SwipeWish } from './swipe.rules.ts';

const ICONS = { pause: 'pause', resume: 'play', cancel: 'close' } as const;

/** A finger swipes a row: it follows, says what letting go would do, and does it only from afar. */
export class JobSwipe implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #job: () => Job | undefined;
  /** CSS pixels; undefined while no finger is at it. */
  #offset: number | undefined;
  #listening: AbortController | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, job: () => Job | undefined, wish: (wish: SwipeWish) => void) {
    [this.#host, this.#job] = [host, job];
    host.addController(this);
    new TouchDrag(host, {
      axis: 'x',
      begins: ({ touches: [touch] }) => this.can && touch !== undefined && !isAtEdge(touch.clientX, window.innerWidth),
      takes: () => this.can,
      moved: (offset) => this.#move(offset),
      ended: (offset) => {
        const wanted = this.#wishAt(offset);
        const far = this.#isFar(offset);
        this.#move(undefined);
        if (wanted && far) wish(wanted);
      },
      gave: () => this.#move(undefined),
    });
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    watchZoom(() => this.#host.requestUpdate(), this.#listening.signal);
  }

  /** Nothing is kept between two stays on the page. */
  hostDisconnected(): void {
    this.#listening?.abort();
    this.#offset = undefined;
  }

  get can(): boolean {
    const job = this.#job();
    return job !== undefined && canSwipe(job.status);
  }

  /** Classes of the row. Where the page was made larger, fingers move about in it by any row. */
  get classes(): string {
    return `${this.can && !isZoomed() ? 'swipes' : ''} ${this.#offset === undefined ? '' : 'swiping'}`;
  }

  get style(): string {
    return this.#offset === undefined ? '' : `translate: ${this.#offset}px`;
  }

  /** What comes to light beside the row. */
  render() {
    const offset = this.#offset;
    const wish = offset === undefined ? undefined : this.#wishAt(offset);
    if (offset === undefined || !wish) return nothing;
    return html`<div
      class="under ${wish} ${this.#isFar(offset) ? 'far' : ''}"
      style="inline-size: ${Math.abs(offset)}px"
      aria-hidden="true"
    >
      ${icon(ICONS[wish])}<span>${t(wish)}</span>
    </div>`;
  }

  #wishAt(offset: number): SwipeWish | undefined {
    const job = this.#job();
    return job && swipeWish(job.status, this.#host.matches(':dir(rtl)') ? -offset : offset);
  }

  #isFar(offset: number): boolean {
    return isFar(offset, this.#host.clientWidth);
  }

  #move(offset: number | undefined): void {
    const far = offset !== undefined && this.#isFar(offset);
    if (far && !(this.#offset !== undefined && this.#isFar(this.#offset)) && 'vibrate' in navigator)
      navigator.vibrate(10);
    this.#offset = offset;
    this.#host.requestUpdate();
  }
}

export const swipeStyles = css`
  :host {
    position: relative;
    overflow: clip;
  }
  .swipes {
    touch-action: pan-y pinch-zoom;
    transition: translate var(--mf-base) var(--mf-out);
  }
  .swiping {
    transition: none;
  }
  .under {
    position: absolute;
    inset-block: 0;
    display: flex;
    align-items: center;
    gap: 8px;
    padding-inline: 18px;
    overflow: hidden;
    white-space: nowrap;
    background: var(--mf-surface-3);
    color: var(--mf-text-2);
    font-size: var(--mf-text-sm);
    font-weight: var(--mf-weight-mid);
  }
  .under.pause,
  .under.resume {
    inset-inline-start: 0;
    justify-content: flex-start;
  }
  .under.cancel {
    inset-inline-end: 0;
    justify-content: flex-end;
  }
  .under.far {
    background: var(--mf-surface-4);
    color: var(--mf-text-1);
  }
  .under.cancel.far {
    background: var(--mf-danger-fill);
    color: var(--mf-on-danger);
  }
`;
