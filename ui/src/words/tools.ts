import { enTools } from './en-tools.ts';
import { speak } from './t.ts';

export { localized } from './t.ts';

/** The voice of the list of the outside programs. */
export const { t, tn, isMessageId } = speak(enTools);
export type MessageId = Parameters<typeof t>[0];
