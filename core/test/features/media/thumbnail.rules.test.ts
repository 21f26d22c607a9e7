import assert from 'node:assert/strict';
import test from 'node:test';
import { chooseWidth, isWholeWebp } from '../../../src/features/media/thumbnail.rules.ts';
import { thumbnailBytes } from '../../helpers/samples.ts';

for (const [what, widths, size, expected] of [
  ['the smallest that is enough', [960, 240, 480], 300, 480],
  ['one of just that width', [240, 480], 240, 240],
  ['the largest when none is enough', [240, 480], 2000, 480],
  ['none of none', [], 240, undefined],
] as const) {
  test(`who asks gets ${what}`, () => assert.equal(chooseWidth(widths, size), expected));
}

const whole = await thumbnailBytes();

for (const [what, bytes, expected] of [
  ['a WebP', whole, true],
  ['a WebP whose last byte is missing', whole.subarray(0, -1), false],
  ['the head of one', whole.subarray(0, 12), false],
  ['an empty file', Buffer.alloc(0), false],
  ['zeros', Buffer.alloc(whole.length), false],
  ['a page', Buffer.from('<!doctype html><title>nothing</title>'), false],
] as const) {
  test(`${what} is ${expected ? '' : 'not '}whole`, () => assert.equal(isWholeWebp(bytes), expected));
}
