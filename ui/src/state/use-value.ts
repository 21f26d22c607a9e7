import { ContextConsumer } from '@lit/context';
import type { Context } from '@lit/context';
import type { ReactiveController, ReactiveControllerHost } from 'lit';

/** Hands an element the nearest value of a context that never changes by itself. */
export class UseValue<Value> implements ReactiveController {
  readonly #consumer: ContextConsumer<Context<unknown, Value>, ReactiveControllerHost & HTMLElement>;

  constructor(host: ReactiveControllerHost & HTMLElement, context: Context<unknown, Value>) {
    this.#consumer = new ContextConsumer(host, { context, callback: () => host.requestUpdate() });
    host.addController(this);
  }

  /** Undefined outside of the app. */
  get value(): Value | undefined {
    return this.#consumer.value;
  }

  hostConnected(): void {
    // The consumer asks by itself.
  }
}
