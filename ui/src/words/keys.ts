import { enKeys } from './en-keys.ts';
import { speak } from './t.ts';

export { localized } from './t.ts';

/** The voice of the list of keys. */
export const { t, tn, isMessageId } = speak(enKeys);
export type MessageId = Parameters<typeof t>[0];
