import { enSubmit } from './en-submit.ts';
import { speak } from './t.ts';

export { localized } from './t.ts';

/** The voice of the form for links. */
export const { t, tn, isMessageId } = speak(enSubmit);
export type MessageId = Parameters<typeof t>[0];
