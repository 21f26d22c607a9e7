import { enDownloads } from './en-downloads.ts';
import { enFailures } from './en-failures.ts';
import { speak } from './t.ts';

export { localized } from './t.ts';

/** The voice of the list of downloads. */
export const { t, tn, isMessageId } = speak({ ...enDownloads, ...enFailures });
export type MessageId = Parameters<typeof t>[0];
