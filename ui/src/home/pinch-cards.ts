import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Two fingers that have come so far apart, or together, since the last step make the next one. */
const APART = 1.3;
const TOGETHER = 1 / APART;

/** Two fingers on the wall: apart for larger cards, together for smaller ones. The page itself does not zoom there. */
export class PinchCards implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #step: (step: 1 | -1) => void;
  #listening: AbortController | undefined;
  /** Of the fingers, where the last step was made. CSS pixels; 0 while there are not two. */
  #distance = 0;

  /** @param step - 1: larger */
  constructor(host: ReactiveControllerHost & HTMLElement, step: (step: 1 | -1) => void) {
    [this.#host, this.#step] = [host, step];
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    for (const type of ['touchstart', 'touchend', 'touchcancel'] as const)
      this.#host.addEventListener(type, ({ touches }) => (this.#distance = between(touches)), {
        signal,
        passive: true,
      });
    this.#host.addEventListener('touchmove', (event) => this.#onMove(event), { signal, passive: false });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.#distance = 0;
  }

  #onMove(event: TouchEvent): void {
    const distance = between(event.touches);
    if (distance === 0 || this.#distance === 0) return;
    event.preventDefault();
    const share = distance / this.#distance;
    if (share < APART && share > TOGETHER) return;
    this.#distance = distance;
    this.#step(share > 1 ? 1 : -1);
  }
}

function between(touches: TouchList): number {
  const [one, two] = touches;
  if (!one || !two || touches.length > 2) return 0;
  return Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
}
