import { enPassword } from './en-password.ts';
import { enServer } from './en-server.ts';
import { enSettings } from './en-settings.ts';
import { speak } from './t.ts';

export { localized } from './t.ts';

/** The voice of the settings. */
export const { t, tn, isMessageId } = speak({ ...enPassword, ...enSettings, ...enServer });
export type MessageId = Parameters<typeof t>[0];
