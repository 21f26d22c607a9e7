import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { toApiError } from '../api/api-error.ts';
import { errorSentence } from '../words/errors.ts';

/** One thing at a time that the server is asked to do: whether it runs, and why it was refused. */
export class Busy implements ReactiveController {
  on = false;
  /** In words; empty when all is well. */
  problem = '';
  readonly #host: ReactiveControllerHost;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostConnected(): void {
    this.problem = '';
  }

  /** @returns whether it was done */
  async run(work: () => Promise<unknown>): Promise<boolean> {
    if (this.on) return false;
    this.on = true;
    this.problem = '';
    this.#host.requestUpdate();
    try {
      await work();
      return true;
    } catch (error) {
      this.problem = errorSentence(toApiError(error));
      return false;
    } finally {
      this.on = false;
      this.#host.requestUpdate();
    }
  }
}
