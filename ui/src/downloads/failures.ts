import { isMessageId, t } from '../words/downloads.ts';
import { siteName } from '../words/names.ts';
import type { Job } from '../api/types.ts';

/** What a button can do about a failure today. */
export type Remedy = 'retry' | 'original' | 'edit';

/** Code → what helps, as a button. The sentences are in the messages, under the same codes. */
const REMEDIES: Readonly<Record<string, Remedy>> = {
  MF_ERR_LOGIN_REQUIRED: 'retry',
  MF_ERR_PRIVATE: 'original',
  MF_ERR_NOT_FOUND: 'edit',
  MF_ERR_GEO_BLOCKED: 'original',
  MF_ERR_RATE_LIMITED: 'retry',
  MF_ERR_NO_MEDIA: 'original',
  MF_ERR_UNSUPPORTED: 'original',
  MF_ERR_NETWORK: 'retry',
  MF_ERR_DISK_FULL: 'retry',
  MF_ERR_DISK_READ_ONLY: 'retry',
  MF_ERR_QUOTA: 'retry',
  MF_ERR_MOUNT_MISSING: 'retry',
  MF_ERR_CHALLENGE: 'original',
  MF_ERR_URL_NOT_A_SHORT: 'edit',
  MF_ERR_TOOL_MISSING: 'retry',
  MF_ERR_TOOL_OUTDATED: 'retry',
  MF_ERR_PLUGIN: 'retry',
  MF_ERR_TIMEOUT: 'retry',
  MF_ERR_TOO_LARGE: 'original',
  MF_ERR_CORRUPT: 'retry',
  MF_ERR_INTERNAL: 'retry',
};

/** Failures of the whole server: one banner says them for all downloads. */
export const SERVER_WIDE = ['MF_ERR_MOUNT_MISSING', 'MF_ERR_DISK_FULL', 'MF_ERR_DISK_READ_ONLY', 'MF_ERR_TOOL_MISSING'];

export interface Failure {
  /** What happened. */
  readonly sentence: string;
  /** Why, or what it means. */
  readonly hint: string;
  readonly remedy: Remedy;
}

/** A failure's code in words; a code without words keeps the server's own sentence. */
export function describeFailure({
  errorCode,
  errorMessage,
  platform,
}: Pick<Job, 'errorCode' | 'errorMessage' | 'platform'>): Failure {
  const values = { platform: siteName(platform) };
  const code = errorCode ?? 'MF_ERR_INTERNAL';
  const [sentence, hint] = [`fail_${code}`, `hint_${code}`];
  return {
    sentence: isMessageId(sentence) ? t(sentence, values) : errorMessage || t('fail_MF_ERR_INTERNAL', values),
    hint: isMessageId(hint) ? t(hint, values) : '',
    remedy: REMEDIES[code] ?? 'retry',
  };
}
