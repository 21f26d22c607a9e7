import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { alongOf, leadsAlong, speedOf } from './drag.rules.ts';
import type { DragAxis, TouchSpot } from './drag.rules.ts';
import { isZoomed } from './zoom.ts';

export interface TouchDragParts {
  readonly axis: DragAxis;
  /** Where fingers count. @default the host */
  readonly area?: () => HTMLElement;
  /** Whether a finger that comes down there may drag. */
  readonly begins: (event: TouchEvent) => boolean;
  /** Whether it may go that way. @param offset - CSS pixels along the axis */
  readonly takes: (offset: number) => boolean;
  /** It goes. @param offset - CSS pixels along the axis, from where it came down */
  readonly moved: (offset: number) => void;
  /** It lets go. @param speed - CSS pixels a millisecond */
  readonly ended: (offset: number, speed: number) => void;
  /** A second finger, or the system, has ended it: nothing was meant. */
  readonly gave: () => void;
}

/**
 * One finger that drags along one axis. What leads another way stays the browser's, so that pages scroll under it; what
 * somebody nearer to the finger has taken is theirs. On a page that fingers have made larger, all is the browser's.
 */
export class TouchDrag implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #parts: TouchDragParts;
  #listening: AbortController | undefined;
  #finger: AbortController | undefined;
  /** The start, and the way's last part. */
  #way: TouchSpot[] = [];
  #dragging = false;

  constructor(host: ReactiveControllerHost & HTMLElement, parts: TouchDragParts) {
    [this.#host, this.#parts] = [host, parts];
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const area = this.#parts.area?.() ?? this.#host;
    area.addEventListener('touchstart', this.#onStart, { signal, passive: true });
    area.addEventListener('touchmove', this.#onMove, { signal, passive: false });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#give();
  }

  readonly #onStart = (event: TouchEvent): void => {
    this.#give();
    const [touch] = event.touches;
    if (!touch || event.touches.length > 1 || isZoomed() || !this.#parts.begins(event)) return;
    this.#way = [spotOf(touch, event)];
    this.#finger = new AbortController();
    const { signal } = this.#finger;
    // It is the first to hear of the end, also when it has left the page meanwhile.
    const [target] = event.composedPath();
    target?.addEventListener('touchend', this.#onEnd, { signal, passive: true });
    target?.addEventListener('touchcancel', () => this.#give(), { signal, passive: true });
  };

  readonly #onMove = (event: TouchEvent): void => {
    const [touch] = event.touches;
    const [from] = this.#way;
    if (!touch || !from) return;
    if (event.touches.length > 1 || event.defaultPrevented) {
      this.#give();
      return;
    }
    const to = spotOf(touch, event);
    const offset = alongOf(this.#parts.axis, from, to);
    if (!this.#dragging) {
      const leads = leadsAlong(this.#parts.axis, from, to);
      if (leads === undefined) return;
      // What the browser has begun to scroll cannot be taken from it.
      if (!leads || !event.cancelable || !this.#parts.takes(offset)) {
        this.#give();
        return;
      }
      this.#dragging = true;
    }
    event.preventDefault();
    this.#way = [from, ...this.#way.slice(1).slice(-KEPT), to];
    this.#parts.moved(offset);
  };

  readonly #onEnd = ({ timeStamp: at }: Event): void => {
    const [from, ...way] = this.#way;
    const to = way.at(-1);
    if (!this.#dragging || !from || !to) {
      this.#give();
      return;
    }
    // A finger that has stopped before it lets go is slow.
    const [offset, speed] = [alongOf(this.#parts.axis, from, to), speedOf(this.#parts.axis, [...way, { ...to, at }])];
    this.#forget();
    this.#parts.ended(offset, speed);
  };

  #give(): void {
    const dragging = this.#dragging;
    this.#forget();
    if (dragging) this.#parts.gave();
  }

  #forget(): void {
    this.#finger?.abort();
    this.#finger = undefined;
    this.#dragging = false;
    this.#way = [];
  }
}

/** Spots that are kept of a way. */
const KEPT = 24;

/** The time is the finger's, not that at which a busy page hears of it. */
const spotOf = ({ clientX, clientY }: Touch, { timeStamp }: TouchEvent): TouchSpot => ({
  x: clientX,
  y: clientY,
  at: timeStamp,
});
