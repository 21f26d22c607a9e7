import type { ReactiveController, ReactiveControllerHost } from 'lit';

export type Swipe = 'left' | 'right' | 'up' | 'down';

/** CSS pixels that a finger has to go, and how much further than across. */
const FAR = 56;
const STRAIGHT = 1.4;

/** Tells a swipe of one finger from taps, drags of sliders and pinches. Every swipe has a button twin. */
export class SwipeController implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #onSwipe: (swipe: Swipe) => void;
  #start: { id: number; x: number; y: number } | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, onSwipe: (swipe: Swipe) => void) {
    this.#host = host;
    this.#onSwipe = onSwipe;
    host.addController(this);
  }

  hostConnected(): void {
    this.#host.addEventListener('touchstart', this.#onStart, { passive: true });
    this.#host.addEventListener('touchend', this.#onEnd, { passive: true });
  }

  hostDisconnected(): void {
    this.#host.removeEventListener('touchstart', this.#onStart);
    this.#host.removeEventListener('touchend', this.#onEnd);
  }

  readonly #onStart = (event: TouchEvent): void => {
    const [touch] = event.touches;
    const held = event
      .composedPath()
      .some((node) => node instanceof Element && node.matches('media-time-range, mf-film, mf-dialog, .ctl, [zoomed]'));
    this.#start =
      touch && event.touches.length === 1 && !held
        ? { id: touch.identifier, x: touch.clientX, y: touch.clientY }
        : undefined;
  };

  readonly #onEnd = (event: TouchEvent): void => {
    const start = this.#start;
    const touch = [...event.changedTouches].find(({ identifier }) => identifier === start?.id);
    this.#start = undefined;
    const swipe =
      start && touch && event.touches.length === 0
        ? swipeOf(touch.clientX - start.x, touch.clientY - start.y)
        : undefined;
    if (swipe) this.#onSwipe(swipe);
  };
}

/** The direction of a movement, if it is clear enough to have one. */
export function swipeOf(dx: number, dy: number): Swipe | undefined {
  const [across, along] = [Math.abs(dx), Math.abs(dy)];
  if (across >= FAR && across > along * STRAIGHT) return dx < 0 ? 'left' : 'right';
  if (along >= FAR && along > across * STRAIGHT) return dy < 0 ? 'up' : 'down';
  return undefined;
}
