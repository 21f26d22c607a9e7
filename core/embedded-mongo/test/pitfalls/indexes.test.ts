import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MongoServerError } from 'mongodb';
import type { Collection, Document } from 'mongodb';
import { pitfallBench } from '../support/pitfalls.ts';
import { refusedWith } from '../support/refused.ts';

const { filled, found } = pitfallBench();

/** The name of the index that a query reads, or COLLSCAN. */
async function planOf(collection: Collection, filter: Document, options: Document = {}): Promise<unknown> {
  const explained = await collection.find(filter, options).explain('queryPlanner');
  let stage = (explained['queryPlanner'] as Document)['winningPlan'] as Document;
  while (stage['inputStage'] !== undefined) stage = stage['inputStage'] as Document;
  return stage['indexName'] ?? stage['stage'];
}

test('14: a document comes once whatever it has of entries; a unique index never meets itself, and missing is null', async () => {
  const many = await filled({ m: [1, 1, 2] });
  await many.createIndex({ m: 1 }, { unique: true }, {});
  assert.deepEqual(await found(many, { m: { $in: [1, 2] } }), [0]);
  await many.insertOne({ _id: 7 as never, m: [3, 3] });
  await many.insertOne({ _id: 8 as never });
  await assert.rejects(many.insertOne({ _id: 9 as never }), refusedWith(11000));
  await assert.rejects(many.insertOne({ _id: 9 as never, m: null }), refusedWith(11000));
  const sparse = await filled({}, {});
  await sparse.createIndex({ m: 1 }, { unique: true, sparse: true }, {});
  await sparse.insertOne({ _id: 9 as never });
  const partial = await filled({ m: 1 }, { m: 1 });
  await partial.createIndex({ m: 1 }, { unique: true, partialFilterExpression: { m: { $gt: 5 } } }, {});
  await partial.insertOne({ _id: 9 as never, m: 6 });
  await assert.rejects(partial.insertOne({ _id: 10 as never, m: 6 }), refusedWith(11000));
});

test('15: a sparse or partial index answers only what it holds all of', async () => {
  const some = await filled({ a: 1 }, {}, { a: null }, { a: 9 });
  await some.createIndex({ a: 1 }, { sparse: true, name: 'sparse' }, {});
  await some.createIndex({ a: 1 }, { partialFilterExpression: { a: { $gt: 5 } }, name: 'partial' }, {});
  assert.deepEqual(await found(some, { a: null }), [1, 2]);
  assert.deepEqual(await found(some, { a: { $exists: false } }), [1]);
  assert.equal((await some.find({}, { sort: { a: 1 } }).toArray()).length, 4);
  assert.deepEqual(await found(some, { a: { $gt: 0 } }), [0, 3]);
  assert.deepEqual(await found(some, { a: { $gt: 6 } }), [3]);
  assert.notEqual(await planOf(some, { a: { $gt: 6 } }), 'COLLSCAN');
  assert.equal(await planOf(some, { a: { $gt: 0 } }), 'sparse');
  assert.equal(await planOf(some, { a: null }), 'COLLSCAN');
});

test('15: who has a field is asked of a sparse index, in either order and behind another field', async () => {
  const some = await filled({}, { a: 1 }, { a: null }, { b: 2 }, { b: 2, a: [1, { c: 1 }] }, { a: { c: 5 } });
  assert.equal(await planOf(some, { a: { $exists: true } }), 'COLLSCAN');
  await some.createIndex({ a: -1 }, { sparse: true, name: 'sparse' }, {});
  await some.createIndex({ b: 1, 'a.c': 1 }, { sparse: true, name: 'both' }, {});
  assert.deepEqual(await found(some, { a: { $exists: true } }), [1, 2, 4, 5]);
  assert.equal(await planOf(some, { a: { $exists: true } }), 'sparse');
  assert.deepEqual(await found(some, { b: 2, 'a.c': { $exists: true } }), [4]);
  assert.equal(await planOf(some, { b: 2, 'a.c': { $exists: true } }), 'both');
  assert.deepEqual(await found(some, { a: { $exists: false } }), [0, 3]);
  assert.equal(await planOf(some, { a: { $exists: false } }), 'COLLSCAN');
  assert.equal(await some.countDocuments({ a: { $exists: true } }), 4);
});

test('16: a prefix finds stored expressions too, and is none with i, m, x, | or a quantifier behind it', async () => {
  const texts = await filled({ t: 'abc' }, { t: 'ABC' }, { t: /^a/ }, { t: 'x\nabc' }, { t: 'zz' }, { t: 'a' });
  await texts.createIndex({ t: 1 }, {}, {});
  const cases: [RegExp, number[]][] = [
    [/^a/, [0, 2, 5]],
    [/^ab/, [0]],
    [/^ab*/, [0, 5]],
    [/^ab?/, [0, 5]],
    [/^abc|^zz/, [0, 4]],
    [/^a/i, [0, 1, 5]],
    [/^a/m, [0, 3, 5]],
  ];
  for (const [pattern, wanted] of cases) assert.deepEqual(await found(texts, { t: pattern }), wanted, String(pattern));
  assert.deepEqual(await found(texts, { t: { $regex: '^a b', $options: 'x' } }), [0]);
});

test('17: a range ends with its type, on descending keys as well', async () => {
  const mixed = await filled(
    { a: null },
    { a: NaN },
    { a: -Infinity },
    { a: 4.5 },
    { a: 9 },
    { a: '' },
    { a: {} },
    { a: [] },
  );
  for (const direction of [1, -1] as const) {
    await mixed.dropIndexes();
    await mixed.createIndex({ a: direction }, {}, {});
    assert.deepEqual(await found(mixed, { a: { $lte: 4.5 } }), [2, 3]);
    assert.deepEqual(await found(mixed, { a: { $gte: 4.5 } }), [3, 4]);
    assert.deepEqual(await found(mixed, { a: { $gte: '' } }), [5]);
    assert.deepEqual(await found(mixed, { a: { $lt: 'z' } }), [5]);
    const sorted = await mixed.find({ a: { $in: [9, 4.5, NaN] } }, { sort: { a: -1 } }).toArray();
    assert.deepEqual(
      sorted.map((one) => one['_id'] as unknown),
      [4, 3, 1],
    );
  }
});

test('18: an equality under another collation than the index’s does not take its bytes for the answer', async () => {
  const names = await filled({ n: 'Anna' }, { n: 'anna' }, { n: 'Ärger' });
  await names.createIndex({ n: 1 }, {}, {});
  const collation = { locale: 'de', strength: 1 };
  assert.equal((await names.find({ n: 'ANNA' }, { collation }).toArray()).length, 2);
  assert.equal((await names.find({ n: 'arger' }, { collation }).toArray()).length, 1);
  assert.equal((await names.find({ n: 'ANNA' }).toArray()).length, 0);
});

test('19: the same index again is nothing; its name with other keys is 86, its keys with another name or options 85', async () => {
  const c = await filled({ u: 'x' });
  assert.equal(await c.createIndex({ u: 1 }, { unique: true }, {}), 'u_1');
  assert.equal(await c.createIndex({ u: 1 }, { unique: true }, {}), 'u_1');
  await assert.rejects(c.createIndex({ v: 1 }, { name: 'u_1' }, {}), refusedWith(86));
  await assert.rejects(c.createIndex({ u: 1 }, { name: 'other', unique: true }, {}), refusedWith(85));
  await assert.rejects(c.createIndex({ u: 1 }, {}, {}), refusedWith(85));
  await assert.rejects(c.insertOne({ _id: 5 as never, u: 'x' }), (error) => {
    assert.ok(error instanceof MongoServerError);
    assert.match(error.message, /^E11000 duplicate key error collection: mf\.c\d+ index: u_1 dup key: \{ u: "x" \}$/);
    assert.deepEqual([error['keyPattern'], error['keyValue']], [{ u: 1 }, { u: 'x' }]);
    return true;
  });
});

test('20: a hint is obeyed, also for the order, or refused with 2; a hidden index is listed and unused', async () => {
  const c = await filled({ a: 3 }, { a: 1 }, { a: 2 });
  await c.createIndex({ a: -1 }, {}, {});
  const order = await c.find({}, { hint: { a: -1 } }).toArray();
  assert.deepEqual(
    order.map((one) => one['a'] as number),
    [3, 2, 1],
  );
  assert.equal(await planOf(c, {}, { hint: 'a_-1' }), 'a_-1');
  await assert.rejects(c.find({}, { hint: 'none' }).toArray(), refusedWith(2));
  await assert.rejects(c.updateOne({}, { $set: { a: 1 } }, { hint: 'none' }), refusedWith(2));
  await c.createIndex({ b: 1 }, { hidden: true }, {});
  assert.ok((await c.indexes()).some((one) => one.name === 'b_1' && one['hidden'] === true));
  assert.equal(await planOf(c, { b: 1 }), 'COLLSCAN');
});
