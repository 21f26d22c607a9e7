import assert from 'node:assert/strict';
import test from 'node:test';
import type { FailureCode } from '@mediafetcher/sdk';
import { FAILURE_CODES } from '@mediafetcher/sdk';
import { CODE_OF, FailureClass, verdictOf } from '../../../src/features/platforms/outcome.rules.ts';

const FAILS: Partial<Record<FailureCode, FailureClass>> = {
  MF_ERR_RATE_LIMITED: 'rate_limited',
  MF_ERR_CHALLENGE: 'challenge',
  MF_ERR_LOGIN_REQUIRED: 'login_required',
  MF_ERR_TOOL_OUTDATED: 'tool_outdated',
  MF_ERR_NETWORK: 'network',
  MF_ERR_TIMEOUT: 'network',
};
const TELLS_NOTHING: readonly FailureCode[] = [
  'MF_ERR_UNSUPPORTED',
  'MF_ERR_CORRUPT',
  'MF_ERR_DISK_FULL',
  'MF_ERR_DISK_READ_ONLY',
  'MF_ERR_QUOTA',
  'MF_ERR_MOUNT_MISSING',
  'MF_ERR_TOOL_MISSING',
  'MF_ERR_PLUGIN',
  'MF_ERR_INTERNAL',
];

for (const code of FAILURE_CODES) {
  const failureClass = FAILS[code];
  const says = failureClass ?? (TELLS_NOTHING.includes(code) ? 'nothing of the platform' : 'that it serves us');
  test(`${code} says ${says}`, () => {
    const kind = failureClass === undefined ? (TELLS_NOTHING.includes(code) ? 'none' : 'served') : 'failed';
    const verdict = verdictOf(code, false);
    assert.equal(verdict.kind, kind);
    assert.equal(verdict.kind === 'failed' ? verdict.class : undefined, failureClass);
  });
}

test('a success says that it serves us', () => assert.equal(verdictOf(undefined, false).kind, 'served'));

test('without an account a wish for a login is about the post', () => {
  assert.equal(verdictOf('MF_ERR_LOGIN_REQUIRED', true).kind, 'served');
});

test('a tool that leaves a post to others was shown it', () => {
  assert.equal(verdictOf('MF_ERR_UNSUPPORTED', false, true).kind, 'served');
  assert.equal(verdictOf('MF_ERR_TOOL_OUTDATED', false, true).kind, 'failed');
});

test('each class has a code that people know', () => {
  for (const name of Object.values(FailureClass)) assert.ok(FAILURE_CODES.includes(CODE_OF[name]));
});
