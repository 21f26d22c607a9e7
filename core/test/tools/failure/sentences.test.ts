import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FAILURE_CODES } from '@mediafetcher/sdk';
import { describeFailure } from '../../../src/tools/failure/sentences.ts';
import { redactLog } from '../../../src/tools/failure/redact-log.ts';

const NAMELESS = new Set([
  'MF_ERR_DISK_FULL',
  'MF_ERR_DISK_READ_ONLY',
  'MF_ERR_QUOTA',
  'MF_ERR_MOUNT_MISSING',
  'MF_ERR_TOOL_MISSING',
]);

describe('sentences for people', () => {
  for (const code of FAILURE_CODES) {
    const sentence = describeFailure(code, { tool: 'yt-dlp', platform: 'youtube' });

    it(`${code} is a sentence without codes, oops or please: ${sentence}`, () => {
      assert.match(sentence, /^(?:[A-Z]|yt-dlp).*\.$/);
      assert.doesNotMatch(sentence, /MF_ERR|exit|\berror\b|oops|please|\b[1-5]\d\d\b/i);
    });

    if (!NAMELESS.has(code)) it(`${code} names the platform`, () => assert.match(sentence, /YouTube/));
  }

  it('says that a session no longer serves when one was sent', () => {
    const facts = { tool: 'yt-dlp', platform: 'instagram' } as const;
    assert.match(describeFailure('MF_ERR_LOGIN_REQUIRED', facts), /signed in/);
    assert.match(
      describeFailure('MF_ERR_LOGIN_REQUIRED', { ...facts, withCookies: true }),
      /no longer takes your session/,
    );
  });

  it('calls the platform of a foreign plugin by its id', () => {
    assert.match(describeFailure('MF_ERR_NOT_FOUND', { tool: 'gallery-dl', platform: 'pixelfed' }), /pixelfed/);
  });
});

describe('last words of a tool', () => {
  it('hold no password and no signed address', () => {
    const words = 'proxy http://me:secret@proxy:3128 GET https://cdn.example/a.mp4?sig=abc&oe=123 failed';
    assert.equal(redactLog(words), 'proxy http://proxy:3128 GET https://cdn.example/a.mp4?… failed');
  });
});
