import { enSelect } from './en-select.ts';
import { enViewer } from './en-viewer.ts';
import { speak } from './t.ts';

export { localized } from './t.ts';

/** The voice of the viewer. */
export const { t, tn, isMessageId } = speak({ ...enSelect, ...enViewer });
export type MessageId = Parameters<typeof t>[0];
