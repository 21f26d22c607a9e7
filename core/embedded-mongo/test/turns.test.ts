import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { Int32, int } from '../src/bson/values.ts';
import type { Doc, Value } from '../src/bson/values.ts';
import { expireDocuments } from '../src/commands/ttl.ts';
import { LocalEngine } from './support/local.ts';

const DOCUMENTS = 6000;
const local = new LocalEngine();
after(() => local.close());

/** Enough documents that a change of all of them, and an index over them, take several turns. */
async function fill(): Promise<void> {
  for (let from = 0; from < DOCUMENTS; from += 2000) {
    await local.run({
      insert: 'a',
      documents: Array.from({ length: 2000 }, (_, at) => ({ _id: from + at, n: from + at, tags: ['x', `t${at % 7}`] })),
    });
  }
}

beforeEach(async () => {
  await local.run({ drop: 'a' });
  await fill();
});

async function count(filter: object, hint?: object): Promise<Value | undefined> {
  return (await local.run({ count: 'a', query: filter, ...(hint && { hint }) })).get('n');
}

function namesOf(reply: Doc): number {
  const cursor = reply.get('cursor');
  const batch = cursor instanceof Map ? cursor.get('firstBatch') : undefined;
  return Array.isArray(batch) ? batch.length : -1;
}

test('reads go on while an index is built; writes wait and are in it', async () => {
  const order: string[] = [];
  const note = (name: string, work: Promise<Doc>): Promise<Doc> => work.finally(() => order.push(name));
  const all = await Promise.all([
    note('build', local.run({ createIndexes: 'a', indexes: [{ key: { n: 1, tags: 1 }, name: 'n_tags' }] })),
    note('read', local.run({ find: 'a', filter: { _id: 5 } })),
    note('insert', local.run({ insert: 'a', documents: [{ _id: 'new', n: -1, tags: [] }] })),
    note('update', local.run({ update: 'a', updates: [{ q: { _id: DOCUMENTS - 1 }, u: { $set: { n: -2 } } }] })),
    note('delete', local.run({ delete: 'a', deletes: [{ q: { _id: 0 }, limit: 1 }] })),
    note('merge', local.run({ aggregate: 'a', pipeline: [{ $limit: 1 }, { $merge: 'b' }], cursor: {} })),
    note('create', local.run({ create: 'made' })),
  ]);
  assert.deepEqual(order.slice(0, 2), ['read', 'build']);
  assert.ok(all.every((reply) => reply.get('ok') === 1));
  const hint = { n: 1, tags: 1 };
  assert.deepEqual(await count({ n: { $lt: 0 } }, hint), int(2));
  assert.deepEqual(await count({ n: { $gte: 0 } }, hint), int(DOCUMENTS - 2));
});

test('a unique index that cannot be built leaves nothing, and those who read meanwhile go on', async () => {
  await local.run({ update: 'a', updates: [{ q: { _id: DOCUMENTS - 1 }, u: { $set: { n: 0 } } }] });
  const [built, scanned] = await Promise.allSettled([
    local.run({ createIndexes: 'a', indexes: [{ key: { n: 1 }, name: 'n_1', unique: true }] }),
    count({ tags: 'nothing' }),
  ]);
  assert.ok(built.status === 'rejected' && String(built.reason).includes('E11000'));
  assert.deepEqual(scanned, { status: 'fulfilled', value: int(0) });
  assert.equal(namesOf(await local.run({ listIndexes: 'a' })), 1);
  await local.run({ insert: 'a', documents: [{ _id: 'after', n: 0 }] });
});

test('a change of many documents takes in what others write between two of its turns', async () => {
  const [changed] = await Promise.all([
    local.run({ update: 'a', updates: [{ q: { n: { $gte: 0 } }, u: { $inc: { hits: 1 } }, multi: true }] }),
    local.run({ update: 'a', updates: [{ q: { _id: DOCUMENTS - 1 }, u: { $set: { n: -1 } } }] }),
    local.run({ delete: 'a', deletes: [{ q: { _id: DOCUMENTS - 2 }, limit: 1 }] }),
  ]);
  assert.deepEqual(changed.get('n'), int(DOCUMENTS - 2));
  assert.deepEqual(await count({ hits: 1 }), int(DOCUMENTS - 2));
  assert.deepEqual(await count({ hits: { $gt: 1 } }), int(0));
});

test('a change of many documents stops at the first bad one and keeps what it did', async () => {
  await local.run({ update: 'a', updates: [{ q: { _id: DOCUMENTS - 1 }, u: { $set: { n: 'x' } } }] });
  const reply = await local.run({ update: 'a', updates: [{ q: {}, u: { $inc: { n: 1 } }, multi: true }] });
  assert.deepEqual(reply.get('nModified'), int(DOCUMENTS - 1));
  assert.ok(Array.isArray(reply.get('writeErrors')));
  assert.deepEqual(await count({ n: { $type: 'number' } }), int(DOCUMENTS - 1));
});

test('a collection that is dropped in the middle of a change ends the change', async () => {
  const [changed] = await Promise.allSettled([
    local.run({ delete: 'a', deletes: [{ q: { n: { $gte: 0 } }, limit: 0 }] }),
    local.run({ drop: 'a' }),
  ]);
  assert.ok(changed.status === 'fulfilled');
  const errors = changed.value.get('writeErrors');
  assert.ok(Array.isArray(errors) && errors[0] instanceof Map);
  assert.deepEqual(errors[0].get('code'), int(175));
});

/** A filter that decodes each document, so that a search by it takes several turns. */
const slowly = (n: number): object => ({ $expr: { $eq: ['$n', n] } });

test('workers that search without an index, in an order, take each document once', async () => {
  await local.run({ update: 'a', updates: [{ q: { n: { $gte: 10 } }, u: { $set: { n: -1 } }, multi: true }] });
  const replies = await Promise.all(
    Array.from({ length: 12 }, (_, worker) =>
      local.run({
        findAndModify: 'a',
        query: { $expr: { $gte: ['$n', 0] } },
        sort: { n: -1 },
        ...(worker % 2 === 0 ? { remove: true } : { update: { $set: { n: -1 } } }),
      }),
    ),
  );
  const taken = replies.map((reply) => reply.get('value')).filter((value) => value instanceof Map);
  const ids = taken.map((value) => value.get('_id')).map((id) => (id instanceof Int32 ? id.value : NaN));
  assert.deepEqual(new Set(ids), new Set([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]));
  assert.equal(ids.length, 10);
});

test('of some upserts of the same that search without an index one inserts', async () => {
  const upsert = { q: { ...slowly(-5), kind: 'one' }, u: { $inc: { hits: 1 }, $set: { n: -5 } }, upsert: true };
  await Promise.all(Array.from({ length: 4 }, () => local.run({ update: 'a', updates: [upsert] })));
  assert.deepEqual(await count({ kind: 'one' }), int(1));
  assert.deepEqual(await count({ kind: 'one', hits: 4 }), int(1));
});

test('a document that another changes during the search for it is not removed', async () => {
  const [removed] = await Promise.all([
    local.run({ delete: 'a', deletes: [{ q: slowly(DOCUMENTS - 1), limit: 1 }] }),
    local.run({ update: 'a', updates: [{ q: { _id: DOCUMENTS - 1 }, u: { $set: { n: -1 } } }] }),
  ]);
  // A machine that is quick enough for no pause removes it first.
  const changed = await count({ _id: DOCUMENTS - 1, n: -1 });
  assert.deepEqual(removed.get('n'), int(changed instanceof Int32 ? 1 - changed.value : NaN));
});

test('what is over goes while an index is built, after it', async () => {
  await local.run({ createIndexes: 'a', indexes: [{ key: { at: 1 }, name: 'at_1', expireAfterSeconds: 10 }] });
  await local.run({
    update: 'a',
    updates: [{ q: { n: { $lt: 4000 } }, u: { $set: { at: new Date(0) } }, multi: true }],
  });
  const build = local.run({ createIndexes: 'a', indexes: [{ key: { n: 1, tags: 1 }, name: 'n_tags' }] });
  assert.equal(await expireDocuments(local.engine.store, Date.now()), 4000);
  await build;
  assert.deepEqual(await count({ n: { $gte: 0 } }, { n: 1, tags: 1 }), int(DOCUMENTS - 4000));
});
