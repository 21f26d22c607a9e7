import type { FailureCode } from './failure-code.ts';

const brand = Symbol.for('mediafetcher.plugin-error');

/** What else a {@link PluginError} says. */
export interface PluginErrorOptions extends ErrorOptions, Partial<Pick<PluginError, 'retryAfterMs' | 'untried'>> {}

/** A failure with a code; what plugins and tools throw. The message is a sentence for people. */
export class PluginError extends Error {
  override readonly name = 'PluginError';
  readonly code: FailureCode;
  /** Milliseconds for which the platform asked to be left alone. */
  readonly retryAfterMs?: number;
  /** True when other ways to the post were left out, because the platform was to be asked once only. */
  readonly untried?: boolean;

  constructor(code: FailureCode, message: string, options: PluginErrorOptions = {}) {
    super(message, options);
    this.code = code;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
    if (options.untried !== undefined) this.untried = options.untried;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** True for a {@link PluginError}, also one that another copy of the SDK made. */
export function isPluginError(value: unknown): value is PluginError {
  return value instanceof Error && brand in value;
}
