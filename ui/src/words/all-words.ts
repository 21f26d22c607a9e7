import { enDownloads } from './en-downloads.ts';
import { enEntry } from './en-entry.ts';
import { enErrors } from './en-errors.ts';
import { enFailures } from './en-failures.ts';
import { enKeys } from './en-keys.ts';
import { enLibrary } from './en-library.ts';
import { enPalette } from './en-palette.ts';
import { enPassword } from './en-password.ts';
import { enSelect } from './en-select.ts';
import { enSettings } from './en-settings.ts';
import { enShell } from './en-shell.ts';
import { enServer } from './en-server.ts';
import { enTools } from './en-tools.ts';
import { enStatus } from './en-status.ts';
import { enSubmit } from './en-submit.ts';
import { enTouch } from './en-touch.ts';
import { enViewer } from './en-viewer.ts';

/** All that the app says in English by the part that brings it: for types and tests, never loaded by a page. */
export const PARTS = {
  shell: enShell,
  errors: enErrors,
  downloads: enDownloads,
  failures: enFailures,
  status: enStatus,
  server: enServer,
  tools: enTools,
  submit: enSubmit,
  library: enLibrary,
  select: enSelect,
  settings: enSettings,
  password: enPassword,
  touch: enTouch,
  viewer: enViewer,
  keys: enKeys,
  palette: enPalette,
  entry: enEntry,
} as const;

type Parts = typeof PARTS;
export type AnyMessageId = { [Part in keyof Parts]: keyof Parts[Part] }[keyof Parts];
