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

test('a hinted count looks at the entries of that index, a partial one too, and no further than its limit', async (context) => {
  const { db } = await startEngine(context);
  const items = db.collection<Item & { star?: boolean }>('a');
  await items.createIndex({ u: 1, at: 1 }, { name: 'at' }, {});
  await items.createIndex({ u: 1, star: 1, at: 1 }, { name: 'star', partialFilterExpression: { star: true } }, {});
  await items.insertMany(
    Array.from({ length: 90 }, (_item, n) => ({
      _id: n,
      u: n % 2,
      at: n,
      tags: [],
      words: [],
      ...(n % 3 === 0 && { star: true }),
    })),
  );
  for (const [filter, hint, wanted] of [
    [{ u: 0 }, 'at', 45],
    [{ u: 0, star: true }, 'star', 15],
    [{ u: 0, star: true, at: { $gte: 30 } }, { u: 1, star: 1, at: 1 }, 10],
    [{ u: 0, star: true }, 'at', 15],
    [{ u: { $in: [0, 1] }, star: true }, 'star', 30],
  ] as const) {
    assert.equal(await items.countDocuments(filter, { hint }), wanted);
    for (const limit of [1, wanted - 1, wanted, wanted + 1])
      assert.equal(await items.countDocuments(filter, { hint, limit }), Math.min(limit, wanted));
  }
  await assert.rejects(items.countDocuments({ u: 0 }, { hint: 'none' }), { code: 2 });
});

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
