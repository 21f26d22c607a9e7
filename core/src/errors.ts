import { FAILURE_CODES } from '@mediafetcher/sdk';
import type { FailureCode } from '@mediafetcher/sdk';

interface ErrorEntry {
  /** HTTP status. */
  readonly status: number;
  /** A sentence for people; the thrower may say it better. */
  readonly detail: string;
  /** What helps. */
  readonly help?: string;
}

/** Refusals of the API. Failures of a download have their own list in the SDK. */
const REFUSALS = {
  MF_ERR_URL_INVALID: {
    status: 422,
    detail: 'This is not a web address.',
    help: 'Copy the link from the share menu of the post.',
  },
  MF_ERR_URL_TOO_LONG: { status: 422, detail: 'This address is longer than 2,048 characters.' },
  MF_ERR_URL_PRIVATE_HOST: {
    status: 422,
    detail: 'This address leads into a private network.',
  },
  MF_ERR_URL_UNSUPPORTED: { status: 422, detail: 'Nothing here can read this site yet.' },
  MF_ERR_URL_NOT_A_SHORT: { status: 422, detail: 'That is a regular YouTube video. MediaFetcher saves Shorts only.' },
  MF_ERR_PLATFORM_OFF: {
    status: 409,
    detail: 'This platform is switched off here.',
    help: 'An admin can switch it on again in the settings, under Plugins.',
  },
  MF_ERR_VALIDATION: { status: 400, detail: 'The request is not of the expected form.' },
  MF_ERR_BODY_TOO_LARGE: { status: 413, detail: 'The body of the request is larger than two megabytes.' },
  MF_ERR_CONTENT_TYPE: { status: 415, detail: 'This route does not read a body of this type: send application/json.' },
  MF_ERR_METHOD: { status: 405, detail: 'There is something here, but it does not take this method.' },
  MF_ERR_UNAUTHENTICATED: { status: 401, detail: 'Sign in first.' },
  MF_ERR_CREDENTIALS: { status: 401, detail: 'The name or the password is wrong.' },
  MF_ERR_FORBIDDEN: { status: 403, detail: 'You may not do this.' },
  MF_ERR_CROSS_SITE: { status: 403, detail: 'This request came from another site.' },
  MF_ERR_INSECURE: {
    status: 403,
    detail: 'Cookies and headers are not taken over a connection that others can read.',
    help: 'Use https, or send them from your home network or over your VPN.',
  },
  MF_ERR_UNKNOWN: { status: 404, detail: 'There is nothing here.' },
  MF_ERR_STATE: { status: 409, detail: 'That is not possible in the present state.' },
  MF_ERR_SETUP_DONE: { status: 409, detail: 'MediaFetcher is set up already.', help: 'Sign in instead.' },
  MF_ERR_COOKIES: { status: 422, detail: 'These are no cookies of this platform.' },
  MF_ERR_RANGE: { status: 416, detail: 'The file is shorter than that.' },
  MF_ERR_TOO_MANY_REQUESTS: { status: 429, detail: 'Too many tries. Wait a minute.' },
  MF_ERR_UNAVAILABLE: { status: 503, detail: 'The server is not ready.' },
} as const satisfies Record<string, ErrorEntry>;

/** HTTP status of a download's failure code, where an API call answers with one. */
const FAILURE_STATUS: Partial<Record<FailureCode, number>> = {
  MF_ERR_MOUNT_MISSING: 503,
  MF_ERR_DISK_FULL: 507,
  MF_ERR_DISK_READ_ONLY: 503,
  MF_ERR_QUOTA: 507,
  MF_ERR_NOT_FOUND: 404,
};

export type RefusalCode = keyof typeof REFUSALS;
export type ErrorCode = RefusalCode | FailureCode;

export const REFUSAL_CODES = Object.keys(REFUSALS) as readonly RefusalCode[];

/** A refusal or failure that the outside may see. */
export class CodedError extends Error {
  override readonly name = 'CodedError';
  readonly code: ErrorCode;
  readonly statusCode: number;
  readonly help?: string;
  /** Seconds after which another try makes sense. */
  readonly retryAfter?: number;

  constructor(code: ErrorCode, detail?: string, options: ErrorOptions & { help?: string; retryAfter?: number } = {}) {
    const entry = entryOf(code);
    super(detail ?? entry.detail, options);
    this.code = code;
    this.statusCode = entry.status;
    const help = options.help ?? entry.help;
    if (help !== undefined) this.help = help;
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter;
  }
}

/** Whether an error has a code with which a download can fail. */
export function isFailure(error: unknown): error is CodedError & { readonly code: FailureCode } {
  return error instanceof CodedError && (FAILURE_CODES as readonly string[]).includes(error.code);
}

function entryOf(code: ErrorCode): ErrorEntry {
  const refusals: Partial<Record<ErrorCode, ErrorEntry>> = REFUSALS;
  return refusals[code] ?? { status: FAILURE_STATUS[code as FailureCode] ?? 500, detail: 'Something went wrong.' };
}

/** RFC 9457 document of an error. */
export interface Problem {
  readonly type: 'about:blank';
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly detail: string;
  readonly help?: string;
}
