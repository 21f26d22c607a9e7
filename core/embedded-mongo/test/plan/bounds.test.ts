import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EJSON } from 'bson';
import { fromPlain, toText } from '../support/ejson.ts';
import { LocalEngine } from '../support/local.ts';

test('a range of strings before another field of an index is a range, not a value', async (context) => {
  const local = new LocalEngine();
  context.after(() => local.close());
  await local.run({ createIndexes: 'a', indexes: [{ key: { b: 1, c: -1 }, name: 'i' }] });
  await local.run({ insert: 'a', documents: [{ _id: 1, b: 'ab' }] });
  const found = await local.run({ find: 'a', filter: { b: /^a/, c: null } });
  assert.equal((found.get('cursor') as Map<string, unknown[]>).get('firstBatch')?.length, 1);
});

test('each branch of an $or is answered by its own index, and a document that several find comes once', async (context) => {
  const local = new LocalEngine();
  context.after(() => local.close());
  await local.run({
    createIndexes: 'a',
    indexes: [
      { key: { a: 1 }, name: 'a_1' },
      { key: { b: 1 }, name: 'b_1' },
    ],
  });
  await local.run({
    insert: 'a',
    documents: Array.from({ length: 100 }, (_, n) => ({ _id: n, a: n % 10, b: n % 7, c: n })),
  });
  const find = { find: 'a', filter: { $or: [{ a: 3 }, { b: 3 }], c: { $lt: 50 } }, sort: { _id: 1 } };
  const plan = JSON.stringify(EJSON.parse(toText(await local.run({ explain: find }))));
  assert.match(plan, /"stage":"OR"/);
  assert.match(plan, /"indexName":"a_1".*"indexName":"b_1"/);
  assert.match(plan, /"totalDocsExamined":22}/);
  const found = await local.find(fromPlain(find));
  assert.deepEqual(
    found.map((one) => toText(new Map([['n', one.get('c') ?? null]]))),
    Array.from({ length: 50 }, (_, n) => n)
      .filter((n) => n % 10 === 3 || n % 7 === 3)
      .map((n) => `{"n":{"$numberInt":"${n}"}}`),
  );
});

test('an $or with a branch that no index narrows is a scan of the collection', async (context) => {
  const local = new LocalEngine();
  context.after(() => local.close());
  await local.run({ createIndexes: 'a', indexes: [{ key: { a: 1 }, name: 'a_1' }] });
  const plan = toText(await local.run({ explain: { find: 'a', filter: { $or: [{ a: 3 }, { b: 3 }] } } }));
  assert.match(plan, /"stage":"COLLSCAN"/);
});

test('a sparse index is not asked for elements that lack its field', async (context) => {
  const local = new LocalEngine();
  context.after(() => local.close());
  await local.run({ createIndexes: 'a', indexes: [{ key: { 'a.c': 1 }, name: 'i', sparse: true }] });
  await local.run({ insert: 'a', documents: [{ _id: 1, a: [{ c: 1 }, { d: 1 }] }] });
  const found = await local.find(fromPlain({ find: 'a', filter: { 'a.c': { $gte: null, $lte: 2 } } }));
  assert.equal(found.length, 1);
});
