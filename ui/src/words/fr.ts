import { frShell } from './fr-shell.ts';
import { frDownloads } from './fr-downloads.ts';
import { frErrors } from './fr-errors.ts';
import { frServer } from './fr-server.ts';
import { frTools } from './fr-tools.ts';
import { frStatus } from './fr-status.ts';
import { frSubmit } from './fr-submit.ts';
import { frLibrary } from './fr-library.ts';
import { frSelect } from './fr-select.ts';
import { frSettings } from './fr-settings.ts';
import { frViewer } from './fr-viewer.ts';
import { frKeys } from './fr-keys.ts';
import { frPalette } from './fr-palette.ts';
import { frEntry } from './fr-entry.ts';
import { frPassword } from './fr-password.ts';
import { frTouch } from './fr-touch.ts';
import { frFailures } from './fr-failures.ts';
import type { AnyMessageId } from './all-words.ts';

/** The same ids as in English; a no-break space stands before `: ; ? !`. */
export const fr: Readonly<Record<AnyMessageId, string>> = {
  ...frShell,
  ...frDownloads,
  ...frErrors,
  ...frStatus,
  ...frServer,
  ...frTools,
  ...frSubmit,
  ...frLibrary,
  ...frSelect,
  ...frSettings,
  ...frViewer,
  ...frKeys,
  ...frPalette,
  ...frEntry,
  ...frPassword,
  ...frTouch,
  ...frFailures,
};
