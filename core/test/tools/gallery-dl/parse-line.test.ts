import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseGalleryDlLine, parseRoundedBytes } from '../../../src/tools/gallery-dl/parse-line.ts';
import type { GalleryDlLine } from '../../../src/tools/gallery-dl/parse-line.ts';

const cases: readonly (readonly [string, string, GalleryDlLine])[] = [
  ['what is known of a file', '{"num": 1}', { kind: 'item', metadata: { num: 1 } }],
  ['such a line that was cut', '{"num": 1, "con', { kind: 'other' }],
  ['a whole file', 'FILE /s/a b.jpg', { kind: 'file', path: '/s/a b.jpg', skipped: false }],
  ['a file that is there already', 'SKIP /s/a.jpg', { kind: 'file', path: '/s/a.jpg', skipped: true }],
  [
    'progress with a length',
    'PROG 65.55K 357.08M 113.45K 57',
    {
      kind: 'progress',
      progress: { downloadedBytes: 65_550, speed: 357_080_000, totalBytes: 113_450, fraction: 0.57 },
    },
  ],
  ['progress without one', 'PROG 12 0', { kind: 'progress', progress: { downloadedBytes: 12, speed: 0 } }],
  ['a wait for a rate limit', '[reddit][info] Waiting for 31 seconds until 11:44:37 (rate limit)', { kind: 'refused' }],
  ['a refused file', "[downloader.http][warning] '429 Too Many Requests' for 'https://a/b' (1/3)", { kind: 'refused' }],
  ['a pause between requests', '[instagram][info] Waiting for 8.3 seconds (request)', { kind: 'other' }],
  ['any other word', '[twitter][info] Requesting guest token', { kind: 'other' }],
];

describe('a line of gallery-dl', () => {
  for (const [title, line, expected] of cases) it(title, () => assert.deepEqual(parseGalleryDlLine(line), expected));

  const sizes = { '0': 0, '999': 999, '1.00k': 1000, '16.87K': 16_870, '1.5M': 1_500_000, '2.25G': 2_250_000_000 };
  for (const [text, bytes] of Object.entries(sizes)) {
    it(`${text} is ${bytes} bytes`, () => assert.equal(parseRoundedBytes(text), bytes));
  }

  it('a size of an unknown unit is none', () => assert.equal(parseRoundedBytes('1.5Q'), undefined));
});
