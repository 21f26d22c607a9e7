import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isQuiet } from './preview.rules.ts';

/** A card that can play. */
interface Card extends HTMLElement {
  preview: boolean;
}

/** Milliseconds of rest before a card plays: cards that only pass under the pointer do not. A finger holds longer. */
const REST = 350;
const HOLD = 500;

/** Plays one card at a time: the one that a pointer rests on, or that a finger holds. */
export class CardPreview implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #cardOf: (event: Event) => Card | undefined;
  #listening: AbortController | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #under: Card | undefined;

  /** @param cardOf - the card that an event is on */
  constructor(host: ReactiveControllerHost & HTMLElement, cardOf: (event: Event) => Card | undefined) {
    this.#host = host;
    this.#cardOf = cardOf;
    host.addController(this);
  }

  hostConnected(): void {
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    const host = this.#host;
    host.addEventListener('pointermove', (event) => this.#onMove(event), { signal, passive: true });
    host.addEventListener('pointerleave', () => this.stop(), { signal });
    host.addEventListener('pointerdown', (event) => this.#onDown(event), { signal, passive: true });
    for (const type of ['scroll', 'blur', 'pointerup', 'pointercancel'] as const)
      window.addEventListener(type, (event) => this.#onEnd(event), { signal, passive: true });
  }

  hostDisconnected(): void {
    this.#listening?.abort();
    this.stop();
  }

  /** The picture is back at once. */
  stop(): void {
    clearTimeout(this.#resting);
    if (this.#under) this.#under.preview = false;
    this.#under = undefined;
  }

  #onMove(event: PointerEvent): void {
    if (event.pointerType !== 'mouse') return;
    const card = this.#cardOf(event);
    if (card !== this.#under) this.#wait(card, REST);
  }

  #onDown(event: PointerEvent): void {
    if (event.pointerType !== 'mouse') this.#wait(this.#cardOf(event), HOLD);
  }

  #onEnd(event: Event): void {
    if (!(event instanceof PointerEvent) || event.pointerType !== 'mouse') this.stop();
  }

  #wait(card: Card | undefined, milliseconds: number): void {
    this.stop();
    this.#under = card;
    if (!card || isQuiet()) return;
    this.#resting = setTimeout(() => {
      void import('./mf-preview.ts');
      card.preview = true;
    }, milliseconds);
  }
}
