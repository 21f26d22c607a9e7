import type { ApiError } from '../api/api-error.ts';
import { isMessageId, t } from './t.ts';

/** A refusal of the server in the chosen language; without words for its code, the server's own sentence. */
export function errorSentence(error: Pick<ApiError, 'code' | 'message'>): string {
  if (error.code === 'offline') return t('error_offline');
  const id = `error_${error.code}`;
  return isMessageId(id) ? t(id) : error.message || t('error_unknown');
}
