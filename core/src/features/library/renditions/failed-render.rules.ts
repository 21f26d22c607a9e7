import type { FailureCode } from '@mediafetcher/sdk';
import { CodedError, isFailure } from '../../../errors.ts';

/** Times that a job may lose its worker, or find no room, until it is given up. */
export const MAX_TRIES = 5;

/** Nobody was there to ask: that says nothing of the file. */
export class Untried extends CodedError {}

/** What a job waits for besides its turn: a worker, room on the disk, the media folder. */
export const HELD_REASONS = ['MF_ERR_UNAVAILABLE', 'MF_ERR_DISK_FULL', 'MF_ERR_MOUNT_MISSING'] as const;
export type HeldReason = (typeof HELD_REASONS)[number];

/** What becomes of a job whose work has failed. */
export type Verdict =
  /** It is tried again later; the others wait too, for they would meet with the same. */
  | { readonly kind: 'later'; readonly untried: boolean; readonly heldReason?: HeldReason }
  | {
      readonly kind: 'failed';
      readonly errorCode: FailureCode;
      readonly message: string;
      readonly unexpected: boolean;
    };

/** @param tries - how often it has been tried, this time included */
export function judgeFailure(error: unknown, tries: number): Verdict {
  const code = codeOf(error);
  const heldReason = HELD_REASONS.find((reason) => reason === code);
  const later = { kind: 'later', ...(heldReason && { heldReason }) } as const;
  // Nothing can be made now, whichever it is.
  if (error instanceof Untried || code === 'MF_ERR_MOUNT_MISSING') return { ...later, untried: true };
  const passing = code === 'MF_ERR_UNAVAILABLE' || code === 'MF_ERR_STATE' || code === 'MF_ERR_DISK_FULL';
  if (passing && tries < MAX_TRIES) return { ...later, untried: false };
  const failed = { kind: 'failed', unexpected: false } as const;
  if (code === 'MF_ERR_UNAVAILABLE')
    return { ...failed, errorCode: 'MF_ERR_INTERNAL', message: 'Its worker went away again and again.' };
  if (code === 'MF_ERR_STATE')
    return { ...failed, errorCode: 'MF_ERR_INTERNAL', message: 'It could not be put into the library.' };
  if (isFailure(error)) return { ...failed, errorCode: error.code, message: error.message };
  const errorCode = code === 'MF_ERR_DISK_FULL' ? code : 'MF_ERR_INTERNAL';
  return { ...failed, errorCode, message: 'The file could not be made playable.', unexpected: true };
}

function codeOf(error: unknown): CodedError['code'] | undefined {
  if (error instanceof CodedError) return error.code;
  const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC';
  return isFull ? 'MF_ERR_DISK_FULL' : undefined;
}
