import assert from 'node:assert/strict';
import test from 'node:test';
import { chooseWay } from '../../../src/features/library/listing/list-plan.rules.ts';

const way = (index: string, matches: number, ordered: boolean, start = 0) => ({ index, matches, ordered, start });
const order = (all: number) => way('order', all, true);

for (const [what, all, answers, ways, chosen] of [
  ['a condition in the order of the list', 100_000, 20_000, [way('platform', 20_000, true)], 'platform'],
  ['a rare condition that is in another order', 100_000, 40, [way('length', 40, false)], 'length'],
  ['a common one', 100_000, 60_000, [way('length', 60_000, false)], 'order'],
  ['a rare word', 1_000_000, 900, [way('word', 900, true, 45)], 'word'],
  ['a word in most posts', 1_000_000, 300_000, [way('word', 300_000, true, 15_000)], 'order'],
  ['a rare word in a common platform', 100_000, 20, [way('platform', 60_000, true), way('word', 40, true, 2)], 'word'],
  ['a common word in a rare folder', 100_000, 30, [way('folder', 50, true), way('word', 60_000, true, 3000)], 'folder'],
  ['two common conditions', 100_000, 9_000, [way('platform', 50_000, true), way('kind', 20_000, true)], 'kind'],
  ['two common words that never meet', 100_000, 0, [way('one', 9_000, true, 450), way('two', 5_000, true, 250)], 'two'],
  ['nothing there', 0, 0, [way('platform', 0, true)], 'order'],
] as const) {
  test(`${what}: by ${chosen}`, () => {
    assert.equal(chooseWay(answers, [order(all), ...ways], 61).index, chosen);
  });
}
