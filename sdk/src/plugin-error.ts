import type { FailureCode } from './failure-code.ts';

const brand = Symbol.for('mediafetcher.plugin-error');

/** A failure with a code; what plugins and tools throw. The message is a sentence for people. */
export class PluginError extends Error {
  override readonly name = 'PluginError';
  readonly code: FailureCode;
  /** Milliseconds for which the platform asked to be left alone. */
  readonly retryAfterMs?: number;

  constructor(code: FailureCode, message: string, options: ErrorOptions & { readonly retryAfterMs?: number } = {}) {
    super(message, options);
    this.code = code;
    if (options.retryAfterMs !== undefined) this.retryAfterMs = options.retryAfterMs;
    Object.defineProperty(this, brand, { value: true });
  }
}

/** True for a {@link PluginError}, also one that another copy of the SDK made. */
export function isPluginError(value: unknown): value is PluginError {
  return value instanceof Error && brand in value;
}
