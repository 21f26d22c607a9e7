import type { IncomingHttpHeaders } from 'node:http';
import type { FailureCode } from '@mediafetcher/sdk';

/**
 * The ways in which a platform can fail, each with the error codes that say so, the best one first. A plain name is the
 * post's page or API, `media-*` the file itself.
 */
export const FAULTS = {
  gone: ['MF_ERR_NOT_FOUND'],
  suspended: ['MF_ERR_NOT_FOUND'],
  private: ['MF_ERR_PRIVATE', 'MF_ERR_LOGIN_REQUIRED'],
  login: ['MF_ERR_LOGIN_REQUIRED', 'MF_ERR_RATE_LIMITED'],
  members: ['MF_ERR_LOGIN_REQUIRED', 'MF_ERR_PRIVATE'],
  'rate-limit': ['MF_ERR_RATE_LIMITED'],
  geo: ['MF_ERR_GEO_BLOCKED'],
  challenge: ['MF_ERR_CHALLENGE', 'MF_ERR_RATE_LIMITED', 'MF_ERR_TOOL_OUTDATED', 'MF_ERR_LOGIN_REQUIRED'],
  'page-500': ['MF_ERR_NETWORK'],
  'page-hang': ['MF_ERR_NETWORK', 'MF_ERR_TIMEOUT'],
  'media-403': ['MF_ERR_NOT_FOUND', 'MF_ERR_LOGIN_REQUIRED', 'MF_ERR_NETWORK'],
  'media-404': ['MF_ERR_NOT_FOUND', 'MF_ERR_NETWORK'],
  'media-429': ['MF_ERR_RATE_LIMITED'],
  'media-500': ['MF_ERR_NETWORK'],
  'media-hang': ['MF_ERR_NETWORK', 'MF_ERR_TIMEOUT'],
  'media-stall': ['MF_ERR_NETWORK', 'MF_ERR_TIMEOUT'],
  'media-cut': ['MF_ERR_NETWORK', 'MF_ERR_CORRUPT'],
  'media-empty': ['MF_ERR_CORRUPT', 'MF_ERR_NETWORK', 'MF_ERR_NO_MEDIA'],
  'media-html': ['MF_ERR_CORRUPT', 'MF_ERR_NO_MEDIA'],
  'media-broken': ['MF_ERR_CORRUPT'],
} as const satisfies Record<string, readonly FailureCode[]>;

export type Fault = keyof typeof FAULTS;

export interface FaultOptions {
  /** The fault ends after so many requests that met it. @default unlimited */
  readonly times?: number;
  /** Only requests of this tool meet it, told by its headers. @default both */
  readonly tool?: 'yt-dlp' | 'gallery-dl';
  /** After a rate limit the platform says that it serves again in so many seconds, where it says so at all. @default 30 */
  readonly resetSeconds?: number;
}

const RESET_SECONDS = 30;

interface SetFault {
  readonly fault: Fault;
  readonly tool: FaultOptions['tool'];
  left: number;
}

/** Faults in force, by post key. */
export interface FaultBook {
  set(key: string, fault: Fault | undefined, options?: FaultOptions): void;
  /** The fault that this request meets, counting it down. */
  meet(
    key: string,
    builtIn: Fault | undefined,
    part: 'page' | 'media',
    headers: IncomingHttpHeaders,
  ): Fault | undefined;
  /** What the post's last rate limit says of its end, in seconds. */
  resetSeconds(key: string): number;
  clear(): void;
}

// yt-dlp alone writes its languages like this; gallery-dl takes a browser's User-Agent.
const toolOf = (headers: IncomingHttpHeaders): FaultOptions['tool'] => {
  if (headers['accept-language'] === 'en-us,en;q=0.5') return 'yt-dlp';
  return headers['user-agent']?.startsWith('Mozilla/') === true ? 'gallery-dl' : undefined;
};

const isOf = (fault: Fault, part: 'page' | 'media'): boolean => fault.startsWith('media-') === (part === 'media');

export const createFaultBook = (): FaultBook => {
  const book = new Map<string, SetFault>();
  const resets = new Map<string, number>();
  return {
    set(key, fault, options = {}) {
      if (options.resetSeconds !== undefined) resets.set(key, options.resetSeconds);
      if (fault === undefined) book.delete(key);
      else book.set(key, { fault, tool: options.tool, left: options.times ?? Number.POSITIVE_INFINITY });
    },
    meet(key, builtIn, part, headers) {
      const set = book.get(key);
      if (set !== undefined) {
        if (!isOf(set.fault, part) || (set.tool !== undefined && set.tool !== toolOf(headers))) return undefined;
        set.left -= 1;
        if (set.left <= 0) book.delete(key);
        return set.fault;
      }
      return builtIn !== undefined && isOf(builtIn, part) ? builtIn : undefined;
    },
    resetSeconds: (key) => resets.get(key) ?? RESET_SECONDS,
    clear: () => {
      book.clear();
      resets.clear();
    },
  };
};
