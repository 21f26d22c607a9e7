import assert from 'node:assert/strict';
import test from 'node:test';
import { holds, planAccountChange } from '../../../src/features/accounts/household.rules.ts';
import type { AccountChange, Member } from '../../../src/features/accounts/household.rules.ts';
import { CodedError } from '../../../src/errors.ts';

const ADMIN: Member = { id: 'ann', role: 'admin' };
const USER: Member = { id: 'ben', role: 'user', epoch: 2 };
const OTHER: Member = { id: 'cid', role: 'admin' };
const DISABLED: Member = { id: 'dan', role: 'admin', disabled: true };
const LEAVING: Member = { id: 'eve', role: 'admin', leaving: true };

const LAST: readonly (readonly [string, AccountChange])[] = [
  ['demoted', { role: 'user' }],
  ['disabled', { disabled: true }],
  ['deleted', { leaving: true }],
];
for (const [what, change] of LAST) {
  test(`the last admin cannot be ${what}; admins who may not enter count for nothing`, () => {
    for (const others of [[USER], [USER, DISABLED], [USER, LEAVING]])
      assert.throws(
        () => planAccountChange([ADMIN, ...others], 'ann', change),
        (error) => error instanceof CodedError && error.code === 'MF_ERR_STATE',
      );
    assert.deepEqual(planAccountChange([ADMIN, OTHER], 'ann', change).set, {
      ...change,
      ...(change.role === undefined && { epoch: 1 }),
    });
  });
}

test('a change that shuts somebody out ends their sessions, another does not', () => {
  for (const [change, epoch] of [
    [{ passwordHash: 'x' }, 3],
    [{ disabled: true }, 3],
    [{ leaving: true }, 3],
    [{ role: 'admin' }, undefined],
    [{ disabled: false }, undefined],
  ] as const)
    assert.equal(planAccountChange([ADMIN, USER], 'ben', change).set.epoch, epoch, JSON.stringify(change));
});

test('who is unknown or going cannot be changed', () => {
  for (const id of ['eve', 'nobody', ''])
    assert.throws(
      () => planAccountChange([ADMIN, LEAVING], id, { role: 'user' }),
      (error) => error instanceof CodedError && error.code === 'MF_ERR_UNKNOWN',
    );
});

test('a session counts while its person may enter and has not ended it', () => {
  for (const [session, user, expected] of [
    [{}, {}, true],
    [{}, { epoch: 0 }, true],
    [{ epoch: 1 }, { epoch: 1 }, true],
    [{}, { epoch: 1 }, false],
    [{}, { disabled: true }, false],
    [{}, { leaving: true }, false],
    [{}, null, false],
  ] as const)
    assert.equal(holds(session, user), expected, JSON.stringify([session, user]));
});
