import type { FailureCode } from '@mediafetcher/sdk';
import { isPluginError } from '@mediafetcher/sdk';
import type { PluginError } from '@mediafetcher/sdk';

/** How a job failed: what the server stores and people read. */
export interface Failure {
  readonly errorCode: FailureCode;
  readonly message: string;
  /** Milliseconds for which the platform asked to be left alone. */
  readonly retryAfterMs?: number;
  /** True when the platform was asked by the first choice only, and others may bring the post. */
  readonly untried?: boolean;
  /** What the tools were asked and said, without secrets. */
  readonly log?: string;
}

/** Longest time for which a platform is believed to want to be left alone, in milliseconds. */
export const MAX_RETRY_AFTER_MS: number = 7 * 24 * 3_600_000;

const BY_ERRNO: Readonly<Record<string, Failure>> = {
  ENOSPC: { errorCode: 'MF_ERR_DISK_FULL', message: 'The disk is full.' },
  EDQUOT: { errorCode: 'MF_ERR_DISK_FULL', message: 'The quota of the disk is used up.' },
  EROFS: { errorCode: 'MF_ERR_DISK_READ_ONLY', message: 'The media folder is read-only.' },
  EACCES: { errorCode: 'MF_ERR_DISK_READ_ONLY', message: 'MediaFetcher may not write to the media folder.' },
};

/** Longest sentence that travels. */
export const MAX_FAILURE_MESSAGE = 2_000;

/**
 * Turns anything thrown into a failure: a coded error keeps its code and sentence, a disk's refusal is named,
 * everything else is laid at the door of whoever ran.
 */
export function toFailure(error: unknown, otherwise: 'MF_ERR_PLUGIN' | 'MF_ERR_INTERNAL'): Failure {
  if (isPluginError(error))
    return {
      errorCode: error.code,
      message: limit(error.message),
      ...askedWait(error),
      ...(error.untried === true && { untried: true }),
    };
  const disk = findDiskFailure(error);
  if (disk !== undefined) return disk;
  const reason = error instanceof Error ? error.message : 'no reason was given';
  const who = otherwise === 'MF_ERR_PLUGIN' ? 'The plugin failed' : 'Something went wrong inside MediaFetcher';
  return { errorCode: otherwise, message: limit(`${who}: ${reason}`) };
}

/** Plugins may say anything. */
function askedWait({ retryAfterMs }: PluginError): Pick<Failure, 'retryAfterMs'> {
  if (typeof retryAfterMs !== 'number' || !(retryAfterMs >= 0)) return {};
  return { retryAfterMs: Math.min(MAX_RETRY_AFTER_MS, Math.round(retryAfterMs)) };
}

function findDiskFailure(error: unknown): Failure | undefined {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    const code = 'code' in current && typeof current.code === 'string' ? current.code : '';
    const failure = Object.hasOwn(BY_ERRNO, code) ? BY_ERRNO[code] : undefined;
    // A program that may not be run says EACCES too; that is no matter of the disk.
    const spawning = 'syscall' in current && typeof current.syscall === 'string' && current.syscall.startsWith('spawn');
    if (failure !== undefined && !spawning) return failure;
    current = current.cause;
  }
  return undefined;
}

function limit(text: string): string {
  return text.slice(0, MAX_FAILURE_MESSAGE);
}
