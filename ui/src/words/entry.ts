import { enEntry } from './en-entry.ts';
import { enPassword } from './en-password.ts';
import { speak } from './t.ts';

export { localized } from './t.ts';

/** The voice of signing in and of the first run. */
export const { t, tn, isMessageId } = speak({ ...enEntry, ...enPassword });
export type MessageId = Parameters<typeof t>[0];
