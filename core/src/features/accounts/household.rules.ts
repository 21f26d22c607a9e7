import { CodedError } from '../../errors.ts';
import type { AccountWrite, Role, SessionDoc, UserDoc } from './models.ts';

/** An account as far as the rules of the household go. */
export interface Member extends Pick<UserDoc, 'role' | 'disabled' | 'leaving' | 'epoch'> {
  readonly id: string;
}

/** What an admin changes of an account. */
export interface AccountChange {
  readonly role?: Role;
  readonly disabled?: boolean;
  readonly leaving?: true;
  readonly passwordHash?: string;
}

/** Whether somebody may sign in and stay. */
export function mayEnter({ disabled, leaving }: Pick<UserDoc, 'disabled' | 'leaving'>): boolean {
  return disabled !== true && leaving !== true;
}

/** Whether a session still counts. */
export function holds(
  { epoch = 0 }: Pick<SessionDoc, 'epoch'>,
  user: Pick<UserDoc, 'disabled' | 'leaving' | 'epoch'> | null,
): boolean {
  return user !== null && mayEnter(user) && epoch === (user.epoch ?? 0);
}

/** What to write for a change of one account. @throws MF_ERR_UNKNOWN · MF_ERR_STATE when no admin would be left */
export function planAccountChange(members: readonly Member[], id: string, change: AccountChange): AccountWrite {
  const member = members.find((candidate) => candidate.id === id);
  if (member === undefined || member.leaving === true)
    throw new CodedError('MF_ERR_UNKNOWN', 'There is no such account.');
  const after = members.map((candidate) => (candidate === member ? { ...candidate, ...change } : candidate));
  if (!after.some((candidate) => candidate.role === 'admin' && mayEnter(candidate)))
    throw new CodedError('MF_ERR_STATE', 'This is the last admin. Make somebody else an admin first.');
  const ends = change.passwordHash !== undefined || !mayEnter({ ...member, ...change });
  return { id, set: { ...change, ...(ends && { epoch: (member.epoch ?? 0) + 1 }) } };
}
