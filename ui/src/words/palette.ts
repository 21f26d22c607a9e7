import { enPalette } from './en-palette.ts';
import { speak } from './t.ts';

export { localized } from './t.ts';

/** The voice of the palette. */
export const { t, tn, isMessageId } = speak(enPalette);
export type MessageId = Parameters<typeof t>[0];
