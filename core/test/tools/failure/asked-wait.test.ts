import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { parseAskedWait } from '../../../src/tools/failure/asked-wait.ts';

for (const [line, ms] of [
  ['[reddit][info] Waiting for 31 seconds until 11:44:37 (rate limit)', 31_000],
  ['[twitter][info] Waiting for 899.5 seconds (rate limit)', 899_500],
  ['[tiktok][info] Waiting for 60 seconds (429 Too Many Requests)', undefined],
  ['[instagram][info] Waiting for 9.3 seconds (request interval)', undefined],
  ['', undefined],
] as const) {
  test(`“${line}” asks for ${ms === undefined ? 'nothing' : `${ms} ms`}`, () => assert.equal(parseAskedWait(line), ms));
}

test('the recorded refusal of Reddit says when it ends', async () => {
  const recorded = new URL('../fixtures/recorded/gallerydl-reddit-rate01.txt', import.meta.url);
  assert.equal(parseAskedWait(await readFile(recorded, 'utf8')), 31_000);
});
