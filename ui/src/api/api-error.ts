/** A refusal in words: what the server answered, or that it could not be reached. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  /** `MF_ERR_…`, or `offline` when no answer came. */
  readonly code: string;
  /** HTTP status, 0 without an answer. */
  readonly status: number;
  readonly help: string | undefined;

  constructor(
    code: string,
    message: string,
    options: { status?: number; help?: string | undefined; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.status = options.status ?? 0;
    this.help = options.help;
  }

  get offline(): boolean {
    return this.code === OFFLINE;
  }
}

export const OFFLINE = 'offline';

/** Whatever was thrown, as an `ApiError`. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  return new ApiError('MF_ERR_INTERNAL', error instanceof Error ? error.message : String(error), { cause: error });
}

/** An `application/problem+json` body, or whatever came in its place, as an error. */
export function parseProblem(status: number, body: unknown): ApiError {
  const fields: Record<string, unknown> = typeof body === 'object' && body !== null ? { ...body } : {};
  const text = (name: string): string | undefined => {
    const value = fields[name];
    return typeof value === 'string' && value ? value : undefined;
  };
  return new ApiError(text('code') ?? `HTTP_${status}`, text('detail') ?? text('title') ?? '', {
    status,
    help: text('help'),
  });
}
