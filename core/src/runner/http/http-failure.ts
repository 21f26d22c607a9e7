import type { FailureCode } from '@mediafetcher/sdk';
import { PluginError, isPluginError } from '@mediafetcher/sdk';
import { toFailure } from '../../channel/to-failure.ts';
import { parseRetryAfter } from './retry-after.ts';

/** Names what went wrong with a connection. A coded error inside (the address guard's, a full disk) is kept. */
export function toHttpFailure(error: unknown, host: string, jobSignal: AbortSignal): Error {
  if (jobSignal.aborted) return jobSignal.reason instanceof Error ? jobSignal.reason : new Error('aborted');
  const coded = findCoded(error);
  if (coded !== undefined) return coded;
  const disk = toFailure(error, 'MF_ERR_INTERNAL');
  if (disk.errorCode !== 'MF_ERR_INTERNAL') return new PluginError(disk.errorCode, disk.message, { cause: error });
  const reason = error instanceof Error ? error.message : '';
  return new PluginError('MF_ERR_NETWORK', `${host} could not be reached: ${reason}`, { cause: error });
}

/** Names a status that brings no bytes. @param retryAfter that header of the answer @returns undefined for 2xx */
export function toStatusFailure(status: number, host: string, retryAfter?: string): PluginError | undefined {
  if (status >= 200 && status < 300) return undefined;
  const [code, sentence] = classifyStatus(status);
  const retryAfterMs = parseRetryAfter(retryAfter, Date.now());
  return new PluginError(
    code,
    `${host} ${sentence} (HTTP ${status}).`,
    retryAfterMs === undefined ? {} : { retryAfterMs },
  );
}

function classifyStatus(status: number): [code: FailureCode, sentence: string] {
  if (status === 401) return ['MF_ERR_LOGIN_REQUIRED', 'wants a login'];
  if (status === 403) return ['MF_ERR_NETWORK', 'refused the address; it may have expired'];
  if (status === 404 || status === 410) return ['MF_ERR_NOT_FOUND', 'does not have the file any more'];
  if (status === 429) return ['MF_ERR_RATE_LIMITED', 'asks for fewer requests'];
  if (status === 451) return ['MF_ERR_GEO_BLOCKED', 'does not show this here'];
  return ['MF_ERR_NETWORK', 'gave no file'];
}

function findCoded(error: unknown): PluginError | undefined {
  let current = error;
  for (let depth = 0; depth < 8 && current instanceof Error; depth++) {
    if (isPluginError(current)) return current;
    if (current instanceof AggregateError) return current.errors.map(findCoded).find((found) => found !== undefined);
    current = current.cause;
  }
  return undefined;
}
