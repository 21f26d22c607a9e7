import { enTouch } from './en-touch.ts';
import { speak } from './t.ts';

export { localized } from './t.ts';

/** The voice of gestures. */
export const { t } = speak(enTouch);
