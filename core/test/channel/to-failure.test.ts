import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PluginError } from '@mediafetcher/sdk';
import { MAX_FAILURE_MESSAGE, MAX_RETRY_AFTER_MS, toFailure } from '../../src/channel/to-failure.ts';

const system = (code: string, syscall = 'write'): Error => Object.assign(new Error(code), { code, syscall });

describe('what was thrown becomes a failure', () => {
  const table: [what: string, error: unknown, code: string][] = [
    ['a coded error keeps its code', new PluginError('MF_ERR_PRIVATE', 'No.'), 'MF_ERR_PRIVATE'],
    ['a full disk is named', system('ENOSPC'), 'MF_ERR_DISK_FULL'],
    ['a used-up quota is a full disk', system('EDQUOT'), 'MF_ERR_DISK_FULL'],
    ['a read-only disk is named', system('EROFS'), 'MF_ERR_DISK_READ_ONLY'],
    ['a folder without the right to write is named', system('EACCES', 'open'), 'MF_ERR_DISK_READ_ONLY'],
    [
      'a full disk is found below other errors',
      new Error('a', { cause: new Error('b', { cause: system('ENOSPC') }) }),
      'MF_ERR_DISK_FULL',
    ],
    ['a program that may not be run is no matter of the disk', system('EACCES', 'spawn yt-dlp'), 'MF_ERR_PLUGIN'],
    ['anything else is the plugin', new TypeError('x is not a function'), 'MF_ERR_PLUGIN'],
    ['a thrown text is the plugin', 'no', 'MF_ERR_PLUGIN'],
    ['nothing thrown is the plugin', undefined, 'MF_ERR_PLUGIN'],
  ];
  for (const [what, error, code] of table) {
    it(what, () => assert.equal(toFailure(error, 'MF_ERR_PLUGIN').errorCode, code));
  }

  for (const [said, kept] of [
    [1_500.4, 1_500],
    [1e12, MAX_RETRY_AFTER_MS],
    [-1, undefined],
    [Number.NaN, undefined],
  ] as const) {
    it(`a wish to wait for ${said} ms travels as ${kept}`, () => {
      const error = new PluginError('MF_ERR_RATE_LIMITED', 'No.', { retryAfterMs: said });
      assert.equal(toFailure(error, 'MF_ERR_PLUGIN').retryAfterMs, kept);
    });
  }

  it('that other ways were left out travels', () => {
    const error = new PluginError('MF_ERR_NO_MEDIA', 'No.', { untried: true });
    assert.equal(toFailure(error, 'MF_ERR_PLUGIN').untried, true);
  });

  it('a sentence keeps to the length that travels', () => {
    assert.equal(toFailure(new Error('x'.repeat(9_000)), 'MF_ERR_INTERNAL').message.length, MAX_FAILURE_MESSAGE);
  });
  it('errors that cause each other end', () => {
    const error = new Error('a');
    error.cause = error;
    assert.equal(toFailure(error, 'MF_ERR_INTERNAL').errorCode, 'MF_ERR_INTERNAL');
  });
});
