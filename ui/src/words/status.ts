import { enStatus } from './en-status.ts';
import { speak } from './t.ts';

export { localized } from './t.ts';

/** The voice of the status page. */
export const { t, tn, isMessageId } = speak(enStatus);
export type MessageId = Parameters<typeof t>[0];
