import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Long } from 'bson';
import { MongoBulkWriteError } from 'mongodb';
import type { Document } from 'mongodb';
import { pitfallBench } from '../support/pitfalls.ts';
import { refusedWith } from '../support/refused.ts';

const { filled, db } = pitfallBench();

test('30: a cursor lives through writes and DDL between its batches; an unknown id is 43; batchSize 0 is an empty batch', async () => {
  const many = await filled(...Array.from({ length: 300 }, (_, n) => ({ n })));
  await many.createIndex({ n: 1 }, {}, {});
  for (const sort of [{ n: 1 }, { n: -1 }, { extra: 1, n: 1 }] as Document[]) {
    const cursor = many.find({ n: { $gte: 0 } }, { sort, batchSize: 50 });
    const seen: unknown[] = [];
    for await (const one of cursor) {
      seen.push(one['n']);
      if (seen.length === 60) {
        await many.insertOne({ n: -1 });
        await many.deleteOne({ n: -1 });
        await db()
          .collection(`ddl${JSON.stringify(sort).length}`)
          .createIndex({ x: 1 }, {}, {});
      }
    }
    assert.equal(new Set(seen).size, 300, JSON.stringify(sort));
  }
  const name = many.collectionName;
  await assert.rejects(db().command({ getMore: Long.fromNumber(12345), collection: name }), refusedWith(43));
  const first = await db().command({ find: name, batchSize: 0 });
  const cursor = first['cursor'] as { firstBatch: unknown[]; id: Long | number };
  assert.equal(cursor.firstBatch.length, 0);
  assert.notEqual(Number(cursor.id), 0);
  await db().command({ killCursors: name, cursors: [Long.fromString(String(cursor.id))] });
  await many.drop();
});

test('31: an unordered bulk goes on, an ordered one stops; both answer ok with writeErrors; 16 MB is the end', async () => {
  const c = await filled({});
  const documents = [{ _id: 1 }, { _id: 0 }, { _id: 2 }] as never[];
  for (const [ordered, n] of [
    [true, 1],
    [false, 2],
  ] as const) {
    await c.deleteMany({ _id: { $gt: 0 } } as object);
    const reply = await db().command({ insert: c.collectionName, documents, ordered });
    assert.equal(reply['ok'], 1);
    assert.equal(reply['n'], n);
    const errors = reply['writeErrors'] as Document[];
    assert.deepEqual([errors.length, errors[0]?.['index'], errors[0]?.['code']], [1, 1, 11000]);
  }
  await c.updateOne({}, { $set: { text: 'x'.repeat(9 * 1024 * 1024) } });
  await assert.rejects(c.updateOne({}, { $set: { more: 'x'.repeat(9 * 1024 * 1024) } }), (error: Document) =>
    [10334, 17419].includes(error['code'] as number),
  );
  await assert.rejects(c.insertMany(documents), MongoBulkWriteError);
});

const codes: [string, () => Document, number][] = [
  ['an unknown stage', () => ({ aggregate: 'x', pipeline: [{ $foo: 1 }], cursor: {} }), 40324],
  ['an unknown expression', () => ({ aggregate: 'x', pipeline: [{ $project: { a: { $foo: 1 } } }], cursor: {} }), 168],
  ['an unknown operator', () => ({ find: 'x', filter: { a: { $foo: 1 } } }), 2],
  ['an unknown top-level operator', () => ({ find: 'x', filter: { $foo: 1 } }), 2],
  ['a mixed projection', () => ({ find: 'x', projection: { a: 1, b: 0 } }), 31254],
  ['colliding paths of a projection', () => ({ find: 'x', projection: { a: 1, 'a.b': 1 } }), 31249],
  [
    'an unknown accumulator',
    () => ({ aggregate: 'x', pipeline: [{ $group: { _id: 1, a: { $foo: 1 } } }], cursor: {} }),
    15952,
  ],
  ['an unknown field of find', () => ({ find: 'x', nonsense: 1 }), 40415],
  ['an unknown field of insert', () => ({ insert: 'x', documents: [{}], nonsense: 1 }), 40415],
  ['an unknown field of update', () => ({ update: 'x', updates: [{ q: {}, u: {} }], nonsense: 1 }), 40415],
  ['an unknown field of one update', () => ({ update: 'x', updates: [{ q: {}, u: {}, sort: {} }] }), 40415],
  ['an unknown field of delete', () => ({ delete: 'x', deletes: [{ q: {}, limit: 1 }], nonsense: 1 }), 40415],
  ['an unknown field of count', () => ({ count: 'x', nonsense: 1 }), 40415],
  ['an unknown field of distinct', () => ({ distinct: 'x', key: 'a', nonsense: 1 }), 40415],
  ['an unknown command', () => ({ nonsense: 1 }), 59],
];
for (const [what, command, code] of codes) {
  test(`32: ${what} is refused with ${code}`, async () => {
    await assert.rejects(db().command(command()), refusedWith(code));
  });
}

test('33: a write concern that cannot be met is refused, and so is a kind of collection that is not there', async () => {
  await assert.rejects(db().command({ insert: 'w', documents: [{}], writeConcern: { w: 2 } }), refusedWith(2));
  await assert.rejects(db().command({ insert: 'w', documents: [{}], writeConcern: { w: 'dc' } }), refusedWith(2));
  assert.equal(await db().collection('w').countDocuments(), 0);
  await db().command({ insert: 'w', documents: [{}], writeConcern: { w: 'majority', j: true } });
  await assert.rejects(db().command({ create: 'k', capped: true, size: 4096 }), refusedWith(72));
  await assert.rejects(db().command({ find: 'w', writeConcern: { w: 1 } }), refusedWith(72));
  await assert.rejects(
    db().command({ insert: 'w', documents: [{}], txnNumber: Long.fromNumber(1), lsid: { id: 1 } }),
    refusedWith(20),
  );
});
