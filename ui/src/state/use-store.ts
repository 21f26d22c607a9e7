import { ContextConsumer } from '@lit/context';
import type { Context } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Store } from './store.ts';

/** Hands an element the nearest store of a context and renders it again when that store changes. */
export class UseStore<S extends Store> implements ReactiveController {
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #consumer: ContextConsumer<Context<unknown, S>, ReactiveControllerHost & HTMLElement>;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost & HTMLElement, context: Context<unknown, S>) {
    this.#host = host;
    this.#consumer = new ContextConsumer(host, { context, callback: (store) => this.#watch(store) });
    host.addController(this);
  }

  /** Undefined outside of the app, as in a test of one element. */
  get value(): S | undefined {
    return this.#consumer.value;
  }

  hostConnected(): void {
    if (this.value) this.#watch(this.value);
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = undefined;
  }

  #watch(store: S): void {
    this.#stop?.();
    this.#stop = store.watch(() => this.#host.requestUpdate());
  }
}
