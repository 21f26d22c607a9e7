import assert from 'node:assert/strict';
import test from 'node:test';
import { normalizeFolderName } from '../../../src/features/library/folders/folder-name.rules.ts';
import { MAX_DEPTH, Tree } from '../../../src/features/library/folders/folder-tree.rules.ts';

for (const [what, name] of [
  ['nothing', ''],
  ['blanks', ' \n '],
  ['a slash', 'a/b'],
  ['a NUL', 'a\0b'],
  ['a line end', 'a\nb'],
  ['a control', 'a\u0085b'],
  ['an override of the direction', 'gpj.\u202eexe'],
  ['an isolate', 'a\u2067b'],
  ['a mark that cannot be seen', 'a\u200bb'],
  ['half a character', 'a\ud83d'],
  ['the folder itself', '.'],
  ['the folder above', ' .. '],
  ['256 characters', 'a'.repeat(256)],
  ['10,000 characters', 'é'.repeat(10_000)],
] as const) {
  test(`a folder is not named by ${what}`, () => {
    assert.throws(() => normalizeFolderName(name), { code: 'MF_ERR_VALIDATION' });
  });
}

for (const [given, kept] of [
  ['  Été  ', 'Été'],
  ['E\u0301te\u0301', 'Été'],
  ['مجلد', 'مجلد'],
  ['家族 👨‍👩‍👧', '家族 👨‍👩‍👧'],
  ['a'.repeat(255), 'a'.repeat(255)],
] as const) {
  test(`a folder may be named ${kept.slice(0, 20)}`, () => {
    assert.equal(normalizeFolderName(given), kept);
  });
}

const node = (id: string, parent: string | null, order: number) => ({ id, parent, order, name: id.toUpperCase() });
const tree = new Tree([node('b', null, 2), node('a', null, 1), node('c', 'a', 1), node('d', 'c', 1)]);

test('folders come in order, each behind the one it lies in', () => {
  assert.deepEqual(
    tree.inOrder().map(({ id }) => id),
    ['a', 'c', 'd', 'b'],
  );
  assert.deepEqual(
    [tree.withInside('a'), tree.withOutside('d')].map((list) => list.map(({ id }) => id)),
    [
      ['a', 'c', 'd'],
      ['d', 'c', 'a'],
    ],
  );
});

test('a folder is never moved into itself, or too deep', () => {
  for (const parent of ['a', 'c', 'd']) assert.throws(() => tree.assertMayMove('a', parent), { code: 'MF_ERR_STATE' });
  tree.assertMayMove('d', 'b');
  tree.assertMayMove('a', null);
  assert.throws(() => tree.assertMayMove('a', 'x'), { code: 'MF_ERR_UNKNOWN' });
  const chain = Array.from({ length: MAX_DEPTH }, (_item, n) => node(`n${n}`, n === 0 ? null : `n${n - 1}`, 1));
  const deep = new Tree([...chain, node('x', null, 2), node('y', 'x', 1)]);
  assert.throws(() => deep.assertMayAdd(`n${MAX_DEPTH - 1}`), { code: 'MF_ERR_VALIDATION' });
  assert.throws(() => deep.assertMayMove('x', `n${MAX_DEPTH - 2}`), { code: 'MF_ERR_VALIDATION' });
  deep.assertMayMove('y', `n${MAX_DEPTH - 2}`);
});

test('beside each other two names differ by more than case and accents', () => {
  assert.throws(() => tree.assertFree(null, 'Á'), { code: 'MF_ERR_STATE' });
  tree.assertFree(null, 'a', 'a');
  tree.assertFree('b', 'a');
});

test('a place is found before each sibling, also when there is no number left between two', () => {
  assert.deepEqual(tree.placesFor('d', null), [{ id: 'd', order: 3 }]);
  assert.deepEqual(tree.placesFor('d', null, 'b'), [{ id: 'd', order: 1.5 }]);
  assert.deepEqual(tree.placesFor('d', null, 'a'), [{ id: 'd', order: 0.5 }]);
  const tight = new Tree([node('p', null, 1), node('q', null, 1 + Number.EPSILON), node('r', null, 3)]);
  assert.deepEqual(
    tight.placesFor('r', null, 'q').map(({ id }) => id),
    ['p', 'r', 'q'],
  );
  assert.throws(() => tree.placesFor('d', 'a', 'b'), { code: 'MF_ERR_UNKNOWN' });
});
