import type { DownloadDoc } from './model.ts';
import type { Control } from './state.rules.ts';
import { wishedKey } from './wished-key.rules.ts';

const RUNNING_FIELDS = {
  stage: 1,
  speed: 1,
  eta: 1,
  worker: 1,
  server: 1,
  slot: 1,
  fence: 1,
  leaseUntil: 1,
  waitsFor: 1,
} as const;

const HELD_FIELDS = { heldUntil: 1, heldReason: 1, room: 1, blindTries: 1, staged: 1 } as const;

/** An update of a record. */
export interface Change {
  readonly $set: Partial<DownloadDoc>;
  readonly $unset?: Readonly<Record<string, 1>>;
}

/** What a person's word writes into a download, whichever it is. */
export const CHANGES: Readonly<Record<Exclude<Control, 'retry'>, () => Change>> = {
  cancel: () => ({
    $set: { status: 'cancelled', indeterminate: false, finishedAt: new Date() },
    $unset: { ...RUNNING_FIELDS, ...HELD_FIELDS, activeKey: 1 },
  }),
  pause: () => ({ $set: { status: 'paused', indeterminate: false }, $unset: RUNNING_FIELDS }),
  // What it was held for before is over, or is said anew.
  resume: () => ({
    $set: { status: 'queued', notBefore: new Date() },
    $unset: { heldUntil: 1, heldReason: 1, room: 1, blindTries: 1 },
  }),
  dismiss: () => ({ $set: { dismissed: true } }),
};

/** The same of a retry. Of two downloads of one post of one person only one can be active. */
export function retryOf({ user, key, link, options, attempt }: DownloadDoc): Change {
  return {
    $set: {
      status: 'queued',
      progress: 0,
      notBefore: new Date(),
      attemptBase: attempt,
      dismissed: false,
      activeKey: `${user.toString()} ${key ?? wishedKey(link.url, options)}`,
    },
    $unset: { errorCode: 1, errorMessage: 1, finishedAt: 1, waitsFor: 1, lostWorkers: 1, ...HELD_FIELDS },
  };
}

/** The state that a download has after it. */
export const TARGET: Readonly<Record<Exclude<Control, 'dismiss'>, DownloadDoc['status']>> = {
  cancel: 'cancelled',
  pause: 'paused',
  resume: 'queued',
  retry: 'queued',
};
