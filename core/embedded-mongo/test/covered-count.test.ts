import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inspect } from 'node:util';
import type { Filter } from 'mongodb';
import { startEngine } from './support/server.ts';

interface Item {
  _id: number;
  u: number;
  tags: number[];
  at: number;
  words: string[];
}

test('a count by the entries of an index over arrays is the number of documents', async (context) => {
  const { db } = await startEngine(context);
  const items = db.collection<Item>('a');
  await items.createIndex({ u: 1, tags: 1, at: 1 }, {}, {});
  await items.createIndex({ u: 1, words: 1, at: 1 }, {}, {});
  const tagsOf = (n: number): number[] => [[], [1], [1, 2], [2, 1, 1], [3, 2]][n % 5] ?? [];
  const wordsOf = (n: number): string[] =>
    [['sun', 'sunny'], ['su.n', 'sea'], ['SUN'], ['moon', 'sun']][(n >> 1) % 4] ?? [];
  await items.insertMany(
    Array.from({ length: 60 }, (_item, n) => ({
      _id: n,
      u: n % 2,
      tags: tagsOf(n),
      at: Math.floor(n / 3),
      words: wordsOf(n),
    })),
  );
  const filters: readonly Filter<Item>[] = [
    { u: 0, tags: 1 },
    { u: 1, tags: 2, at: { $gte: 4, $lt: 12 } },
    { u: 0, words: /^sun/ },
    { u: 0, words: /^su\.n/ },
    { u: 1, words: /^su.n/ },
    { u: 1, words: /^sun/i },
    { u: 0, words: /^sun?/ },
    { u: 0, words: /^s/, at: { $gt: 3 } },
    { u: 0, $and: [{ words: /^su/ }, { words: /^se/ }] },
    { u: 0, words: { $in: ['sun', 'sunny', 'moon'] } },
    { u: 0, words: { $gte: 'sea', $lt: 'sun' } },
    { u: 0, tags: { $in: [1, 2] } },
    { u: 0, $and: [{ tags: 1 }, { tags: 2 }] },
    { u: 0, tags: { $gt: 1 } },
    { u: 0, tags: [1, 2] },
    { u: 0 },
  ];
  for (const filter of filters) {
    const found = await items.find(filter, { hint: { $natural: 1 } }).toArray();
    assert.ok(found.length > 0);
    const most = [found.length, found.length + 1, Math.max(1, found.length - 2), 1];
    assert.equal(await items.countDocuments(filter), found.length, inspect(filter));
    for (const limit of most)
      assert.equal(await items.countDocuments(filter, { limit }), Math.min(limit, found.length), inspect(filter));
  }
});
