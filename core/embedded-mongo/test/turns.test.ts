import assert from 'node:assert/strict';
import { after, beforeEach, test } from 'node:test';
import { int } from '../src/bson/values.ts';
import type { Doc, Value } from '../src/bson/values.ts';
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
