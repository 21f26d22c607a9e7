import { enPassword } from './en-password.ts';
import { enSettings } from './en-settings.ts';
import { speak } from './t.ts';

export { localized } from './t.ts';

/** The voice of the settings. */
export const { t, tn, isMessageId } = speak({ ...enPassword, ...enSettings });
export type MessageId = Parameters<typeof t>[0];
