import { enLibrary } from './en-library.ts';
import { enSelect } from './en-select.ts';
import { speak } from './t.ts';

export { localized } from './t.ts';

/** The voice of the library's pages. */
export const { t, tn, isMessageId } = speak({ ...enLibrary, ...enSelect });
export type MessageId = Parameters<typeof t>[0];
