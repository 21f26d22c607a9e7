import type { FailureCode } from '../failure-code.ts';
import { PluginError, isPluginError } from '../plugin-error.ts';

/**
 * Failures of an engine that say nothing of the post: another engine is worth a try. All others end the search: what a
 * platform refuses (rate limit, challenge, private) must not be asked for twice, and a full disk stays full.
 */
export const ENGINE_FAILURES: readonly FailureCode[] = [
  'MF_ERR_NO_MEDIA',
  'MF_ERR_UNSUPPORTED',
  'MF_ERR_TOOL_OUTDATED',
  'MF_ERR_TOOL_MISSING',
  'MF_ERR_PLUGIN',
  'MF_ERR_INTERNAL',
];

/** The most telling first: what a person can act on, then what is certain, then what only one tool means. */
const TELLING: readonly FailureCode[] = [
  'MF_ERR_DISK_FULL',
  'MF_ERR_DISK_READ_ONLY',
  'MF_ERR_QUOTA',
  'MF_ERR_MOUNT_MISSING',
  'MF_ERR_TOO_LARGE',
  'MF_ERR_CHALLENGE',
  'MF_ERR_RATE_LIMITED',
  'MF_ERR_PRIVATE',
  'MF_ERR_GEO_BLOCKED',
  'MF_ERR_LOGIN_REQUIRED',
  'MF_ERR_NOT_FOUND',
  'MF_ERR_URL_NOT_A_SHORT',
  'MF_ERR_NETWORK',
  'MF_ERR_TIMEOUT',
  'MF_ERR_CORRUPT',
  'MF_ERR_TOOL_OUTDATED',
  'MF_ERR_NO_MEDIA',
  'MF_ERR_TOOL_MISSING',
  'MF_ERR_UNSUPPORTED',
  'MF_ERR_PLUGIN',
  'MF_ERR_INTERNAL',
];

/** The failure to report of several engines' failures; of two alike the first. */
export function findMostTelling(failures: readonly PluginError[]): PluginError | undefined {
  const ranked = failures.toSorted((a, b) => TELLING.indexOf(a.code) - TELLING.indexOf(b.code));
  return ranked[0];
}

/** Any thrown value as a coded failure; what has no code is the plugin's own mistake. */
export function toPluginError(thrown: unknown): PluginError {
  if (isPluginError(thrown)) return thrown;
  const reason = thrown instanceof Error ? thrown.message : 'no reason was given';
  return new PluginError('MF_ERR_PLUGIN', `The connector failed: ${reason}`, { cause: thrown });
}
