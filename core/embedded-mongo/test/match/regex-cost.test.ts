import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Regex } from '../../src/bson/values.ts';
import { MongoError } from '../../src/errors.ts';
import { growthOf } from '../../src/match/regex-cost.ts';
import { compileRegex } from '../../src/match/regex.ts';

const growths: [string, number][] = [
  ['abc', 1],
  ['^abc?$', 1],
  ['^a*b', 1],
  ['a*b', 2],
  ['foo.*bar', 2],
  ['^foo.*bar.*baz', 2],
  ['[^*+]a', 1],
  ['[]*]x', 1],
  ['\\*\\+', 1],
  ['(abc){2,3}', 1],
  ['(a+)+', Infinity],
  ['^(a|aa)+$', Infinity],
  ['(a*){3}', Infinity],
  ['(x+x+)+y', Infinity],
  ['(a)\\1', Infinity],
  ['(?:a?){20}', Infinity],
  ['a?a?a?a?a?a?a?a?a?a?a?', Infinity],
];
for (const [pattern, degree] of growths) {
  test(`/${pattern}/ may take time as length to the power ${degree}`, () => {
    assert.equal(growthOf(pattern).degree, degree);
  });
}

const endless: [string, string][] = [
  ['^(a+)+$', `${'a'.repeat(60)}b`],
  ['^(a|aa)+$', `${'a'.repeat(200)}b`],
  ['(x+x+)+y', 'x'.repeat(80)],
  ['foo.*bar', 'foo'.repeat(200_000)],
];
for (const [pattern, text] of endless) {
  test(`/${pattern}/ is cut off with 51156 instead of running for ever`, () => {
    const regex = compileRegex(new Regex(pattern, ''));
    assert.throws(
      () => regex.test(text),
      (error) => error instanceof MongoError && error.code === 51156,
    );
  });
}

test('a watched expression that is quick gives its answer', () => {
  const regex = compileRegex(new Regex('^(a+)+$', ''));
  assert.equal(regex.test('aaaa'), true);
  assert.equal(regex.test('b'), false);
  assert.deepEqual(
    compileRegex(new Regex('(a+)+', ''))
      .find('aab aa', false)
      .map((one) => one[0]),
    ['aa', 'aa'],
  );
});

test('slow matches of one expression share a limit', () => {
  const regex = compileRegex(new Regex('^(a+)+$', ''));
  let failures = 0;
  for (let round = 0; round < 8; round++) {
    try {
      regex.test(`${'a'.repeat(60)}b`);
    } catch {
      failures++;
    }
  }
  assert.equal(failures, 8);
  // Past the limit even a text that is quick is refused, so that a scan ends.
  assert.throws(() => regex.test('aaa'));
});

test('a pattern that PCRE would not take is refused with 51091', () => {
  assert.throws(
    () => compileRegex(new Regex('a'.repeat(40_000), '')),
    (error) => error instanceof MongoError && error.code === 51091,
  );
});
