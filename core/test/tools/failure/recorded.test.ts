import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { judgeRun } from '../../../src/tools/failure/judge-run.ts';
import type { Verdict } from '../../../src/tools/failure/tool-run.ts';
import { readRecordedRuns } from '../recorded-run.ts';

/** What each word of the recordings is in the product. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  ok: ['ok'],
  // One item failed or is missing: for yt-dlp a matter of the next engine.
  partial: ['ok', 'MF_ERR_NO_MEDIA'],
  no_media: ['MF_ERR_NO_MEDIA'],
  unsupported: ['MF_ERR_UNSUPPORTED'],
  private: ['MF_ERR_PRIVATE'],
  login_required: ['MF_ERR_LOGIN_REQUIRED'],
  not_found: ['MF_ERR_NOT_FOUND'],
  rate_limited: ['MF_ERR_RATE_LIMITED'],
  geo_blocked: ['MF_ERR_GEO_BLOCKED'],
  network: ['MF_ERR_NETWORK'],
  expired_address: ['MF_ERR_NETWORK'],
  disk_full: ['MF_ERR_DISK_FULL'],
  disk_unwritable: ['MF_ERR_DISK_READ_ONLY'],
  too_large: ['MF_ERR_TOO_LARGE'],
  tool_missing: ['MF_ERR_TOOL_MISSING'],
  tool_outdated: ['MF_ERR_TOOL_OUTDATED'],
  bad_options: ['MF_ERR_INTERNAL'],
  cancelled: ['cancelled'],
  killed: ['MF_ERR_INTERNAL'],
};

/** yt-dlp says the same of a tweet that is gone and of one with photos only; gallery-dl, asked next, knows. */
const INDISTINGUISHABLE: Readonly<Record<string, readonly string[]>> = { 'ytdlp-x-gone.txt': ['MF_ERR_NO_MEDIA'] };

function wordOf(verdict: Verdict): string {
  return verdict.kind === 'failed' ? verdict.failure.code : verdict.kind;
}

describe('recorded outputs of the real tools', () => {
  for (const { name, classes, remark, run } of readRecordedRuns()) {
    it(`${name} is ${remark}`, () => {
      const allowed = INDISTINGUISHABLE[name] ?? classes.flatMap((word) => WORDS[word] ?? []);
      assert.ok(allowed.length > 0, `unknown class ${classes.join()}`);
      assert.ok(allowed.includes(wordOf(judgeRun(run))), `${wordOf(judgeRun(run))}, not ${allowed.join(' or ')}`);
    });
  }
});
