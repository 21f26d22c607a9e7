import assert from 'node:assert/strict';
import test from 'node:test';
import { CodedError } from '../../../src/errors.ts';
import { judgeFailure, MAX_TRIES, Untried } from '../../../src/features/library/renditions/failed-render.rules.ts';

const full = Object.assign(new Error('no space'), { code: 'ENOSPC' });
const rows: [what: string, error: unknown, tries: number, verdict: string][] = [
  ['nobody was asked', new Untried('MF_ERR_UNAVAILABLE'), MAX_TRIES + 1, 'later, untried, MF_ERR_UNAVAILABLE'],
  [
    'the media folder is not there',
    new CodedError('MF_ERR_MOUNT_MISSING'),
    MAX_TRIES + 1,
    'later, untried, MF_ERR_MOUNT_MISSING',
  ],
  ['the worker has gone', new CodedError('MF_ERR_UNAVAILABLE'), MAX_TRIES - 1, 'later, MF_ERR_UNAVAILABLE'],
  ['the worker has gone again', new CodedError('MF_ERR_UNAVAILABLE'), MAX_TRIES, 'MF_ERR_INTERNAL'],
  ['the post was taken over', new CodedError('MF_ERR_STATE'), MAX_TRIES - 1, 'later, nothing holds it'],
  ['the post was taken over again', new CodedError('MF_ERR_STATE'), MAX_TRIES, 'MF_ERR_INTERNAL'],
  ['there is no room', new CodedError('MF_ERR_DISK_FULL'), 1, 'later, MF_ERR_DISK_FULL'],
  ['there is still no room', new CodedError('MF_ERR_DISK_FULL'), MAX_TRIES, 'MF_ERR_DISK_FULL'],
  ['the disk is full', full, 1, 'later, MF_ERR_DISK_FULL'],
  ['the disk is still full', full, MAX_TRIES, 'MF_ERR_DISK_FULL, unexpected'],
  ['the file is broken', new CodedError('MF_ERR_CORRUPT'), 1, 'MF_ERR_CORRUPT'],
  ['nobody knows', new TypeError('oops'), 1, 'MF_ERR_INTERNAL, unexpected'],
];

for (const [what, error, tries, expected] of rows)
  test(`${what}, at try ${tries}: ${expected}`, () => {
    const verdict = judgeFailure(error, tries);
    const told =
      verdict.kind === 'later'
        ? `later${verdict.untried ? ', untried' : ''}, ${verdict.heldReason ?? 'nothing holds it'}`
        : `${verdict.errorCode}${verdict.unexpected ? ', unexpected' : ''}`;
    assert.equal(told, expected);
  });
