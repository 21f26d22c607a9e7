import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { isPlainKey, isTyping } from '../elements/focus.ts';

/** Milliseconds between the two keys of a pair such as G H. */
const PAIR = 1200;

/** Single keys and pairs (`g h`) that hold everywhere outside of fields. */
export class Shortcuts implements ReactiveController {
  readonly #actions: Readonly<Record<string, () => void>>;
  readonly #active: () => boolean;
  #first = '';
  #at = 0;

  constructor(host: ReactiveControllerHost, actions: Readonly<Record<string, () => void>>, active: () => boolean) {
    this.#actions = actions;
    this.#active = active;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener('keydown', this.#onKey);
  }

  hostDisconnected(): void {
    window.removeEventListener('keydown', this.#onKey);
  }

  readonly #onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const key = event.key.toLowerCase();
    const everywhere = (event.ctrlKey || event.metaKey) && !event.altKey ? this.#actions[`mod ${key}`] : undefined;
    if (everywhere) {
      event.preventDefault();
      everywhere();
    }
    if (!isPlainKey(event) || isTyping(event) || !this.#active()) return;
    const pair = Date.now() - this.#at < PAIR ? `${this.#first} ${key}` : '';
    const action = this.#actions[pair] ?? this.#actions[key];
    this.#first = key;
    this.#at = Date.now();
    if (!action) return;
    event.preventDefault();
    action();
  };
}
