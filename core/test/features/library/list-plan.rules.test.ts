import assert from 'node:assert/strict';
import test from 'node:test';
import { chooseWay } from '../../../src/features/library/listing/list-plan.rules.ts';

const way = (index: string, matches: number, ordered: boolean, streams = 1) => ({ index, matches, ordered, streams });
const order = (all: number) => way('order', all, true);

for (const [what, all, ways, chosen] of [
  ['a condition in the order of the list', 100_000, [way('platform', 20_000, true)], 'platform'],
  ['a rare word', 100_000, [way('word', 40, false)], 'word'],
  ['a common word', 100_000, [way('word', 60_000, false)], 'order'],
  ['a rare word in a common platform', 100_000, [way('platform', 60_000, true), way('word', 40, false)], 'word'],
  ['a common word in a rare folder', 100_000, [way('folder', 50, true), way('word', 60_000, false)], 'folder'],
  ['two common conditions', 100_000, [way('platform', 50_000, true), way('kind', 20_000, true)], 'kind'],
  ['many large folders', 100_000, [way('folders', 90_000, true, 40)], 'order'],
  ['many small folders', 1_000_000, [way('folders', 4_000, true, 40)], 'folders'],
  ['nothing there', 0, [way('platform', 0, true)], 'order'],
] as const) {
  test(`${what}: by ${chosen}`, () => {
    assert.equal(chooseWay(all, [order(all), ...ways], 61).index, chosen);
  });
}
