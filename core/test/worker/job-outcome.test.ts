import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FailureCode } from '@mediafetcher/sdk';
import type { JobOutcome, StopReason } from '../../src/worker/job-outcome.ts';
import { graceOfStop, keepsPartialFiles, outcomeOfExit, outcomeOfStop } from '../../src/worker/job-outcome.ts';

const failed = (errorCode: FailureCode, requeue = false): JobOutcome => ({
  kind: 'failed',
  failure: { errorCode, message: '' },
  requeue,
});

describe('the end of a runner', () => {
  const table: [code: number | null, signal: NodeJS.Signals | null, requeue: boolean][] = [
    [0, null, false],
    [1, null, false],
    [null, 'SIGABRT', false],
    [null, 'SIGSEGV', false],
    [null, 'SIGKILL', true],
    [null, 'SIGTERM', true],
  ];
  for (const [code, signal, requeue] of table) {
    it(`by ${signal ?? `code ${String(code)}`} ${requeue ? 'gives its job back' : 'fails its job'}`, () => {
      const outcome = outcomeOfExit({ code, signal, output: 'first\nlast' });
      assert.ok(outcome.kind === 'failed');
      assert.equal(outcome.requeue, requeue);
      assert.match(outcome.failure.message, /Its last words: last$/);
    });
  }
});

describe('partial files', () => {
  const drop: StopReason = { kind: 'cancel', drop: true };
  const table: [what: string, outcome: JobOutcome, reason: StopReason | undefined, kept: boolean][] = [
    ['of a paused job', { kind: 'paused' }, { kind: 'pause' }, true],
    ['of a cancelled job', { kind: 'cancelled' }, { kind: 'cancel', drop: false }, true],
    ['of a dropped job', { kind: 'cancelled' }, drop, false],
    ['of a job that goes back', failed('MF_ERR_PLUGIN', true), undefined, true],
    ['of a broken connection', failed('MF_ERR_NETWORK'), undefined, true],
    ['of a job that hung', failed('MF_ERR_TIMEOUT'), undefined, true],
    ['that are corrupt', failed('MF_ERR_CORRUPT'), undefined, false],
    ['that fill the disk', failed('MF_ERR_DISK_FULL'), undefined, false],
  ];
  for (const [what, outcome, reason, kept] of table) {
    it(`${what} are ${kept ? 'kept' : 'thrown away'}`, () => assert.equal(keepsPartialFiles(outcome, reason), kept));
  }
});

describe('a stop', () => {
  it('asks first where there is time, and kills at once where there is none', () => {
    assert.ok((graceOfStop({ kind: 'pause' }) ?? 0) > 0);
    assert.ok((graceOfStop({ kind: 'requeue', message: '', gently: true }) ?? 0) > 0);
    assert.equal(graceOfStop({ kind: 'requeue', message: '', gently: false }), undefined);
    assert.equal(graceOfStop({ kind: 'cancel', drop: false }), undefined);
    assert.equal(graceOfStop(undefined), undefined);
  });
  it('by a newer attempt is told to nobody', () =>
    assert.deepEqual(outcomeOfStop({ kind: 'superseded' }), { kind: 'cancelled' }));
});
