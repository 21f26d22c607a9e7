import assert from 'node:assert/strict';
import test from 'node:test';
import { leads } from '../../../src/features/downloads/state.rules.ts';

for (const [status, heldReason, expected] of [
  ['queued', undefined, true],
  ['running', undefined, true],
  ['queued', 'MF_ERR_MOUNT_MISSING', true],
  ['queued', 'MF_ERR_NETWORK', true],
  ['queued', 'MF_ERR_CHALLENGE', false],
  ['queued', 'MF_ERR_LOGIN_REQUIRED', false],
  ['queued', 'MF_ERR_RATE_LIMITED', false],
  ['paused', undefined, false],
  ['failed', undefined, false],
] as const) {
  test(`others ${expected ? 'wait' : 'do not wait'} for a download that is ${status} (${heldReason ?? 'not held'})`, () =>
    assert.equal(leads({ status, ...(heldReason && { heldReason }) }), expected));
}
