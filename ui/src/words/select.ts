import { enSelect } from './en-select.ts';
import { speak } from './t.ts';

export { localized } from './t.ts';

/** The voice of changes of many posts. */
export const { t, tn, isMessageId } = speak(enSelect);
export type MessageId = Parameters<typeof t>[0];
