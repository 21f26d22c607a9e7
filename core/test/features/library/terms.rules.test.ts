import assert from 'node:assert/strict';
import test from 'node:test';
import { wordsOf } from '../../../src/features/library/listing/list-filter.rules.ts';
import { foldText, parseTerms } from '../../../src/features/library/terms.rules.ts';

const found = (text: string, query: string): boolean => {
  const terms = parseTerms([text]);
  return wordsOf(query).every((word) => terms.some((term) => term.startsWith(word)));
};

for (const [language, text, query, is] of [
  ['French', "Crème brûlée à l'œuf", 'creme oeuf', true],
  ['French', 'creme brulee', 'Crème Brûlée', true],
  ['French', 'déjà vu', 'deja', true],
  ['French', 'œuf', 'l’œuf', true],
  ['a handle', 'by cool_guy.99', 'guy', true],
  ['German', 'Straße', 'strasse', true],
  ['Danish', 'Rødgrød', 'rodg', true],
  ['Turkish', 'Işık ve İzmir', 'isik izmir', true],
  ['Japanese', '東京で美味しいラーメンを食べた', 'ラーメン', true],
  ['Japanese', '東京で美味しいラーメンを食べた', '東京', true],
  ['Japanese', 'ﾗｰﾒﾝ', 'ラーメン', true],
  ['Japanese: another voicing is another word', 'かき', 'がき', false],
  ['Hindi: another vowel is another word', 'कि', 'का', false],
  ['Arabic', 'مُحَمَّد يشرب القهوة', 'محمد القهوه', true],
  ['Arabic', 'إلى أحمد', 'الي احمد', true],
  ['emoji', 'dinner 🍜 time', '🍜', true],
  ['emoji of a family', 'us 👨‍👩‍👧 here', '👨‍👩‍👧', true],
  ['emoji of another skin', 'ok 👍🏽', '👍🏿', true],
  ['emoji with a style', 'love ❤️', '❤', true],
  ['flags', 'allez 🇫🇷', '🇫🇷', true],
  ['full width', 'Ｎｅｏｎ', 'neon', true],
  ['a word that is not there', 'one two', 'three', false],
] as const) {
  test(`${language}: "${query}" is ${is ? '' : 'not '}found in "${text}"`, () => {
    assert.equal(found(text, query), is);
  });
}

test('a word that begins another of the same search is not asked for twice', () => {
  assert.deepEqual(wordsOf('foo foobar FOO bar'), ['foobar', 'bar']);
});

test('a term is never cut within a character', () => {
  const [term = ''] = parseTerms([`${'a'.repeat(63)}😀`]);
  assert.ok(!/[\ud800-\udbff]$/.test(term));
  assert.equal(parseTerms([Array.from({ length: 500 }, (_item, n) => `w${n}`).join(' ')]).length, 200);
});

test('folding is stable', () => {
  for (const text of ['Éa\u0301', 'İı', 'ﬁ', '👍🏽', 'がﾊﾟ']) assert.equal(foldText(foldText(text)), foldText(text));
});
