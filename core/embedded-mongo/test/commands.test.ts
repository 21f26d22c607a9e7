import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Double, Int32, MongoBulkWriteError, MongoServerError } from 'mongodb';
import type { Collection, Document } from 'mongodb';
import { startEngine } from './support/server.ts';

const code =
  (wanted: number) =>
  (error: unknown): boolean =>
    error instanceof MongoServerError && error.code === wanted;

async function fill(collection: Collection, documents: readonly Document[]): Promise<void> {
  await collection.deleteMany({});
  await collection.insertMany(documents.map((one) => ({ ...one })));
}

const ids = async (cursor: { toArray: () => Promise<Document[]> }): Promise<unknown[]> =>
  (await cursor.toArray()).map((one) => one['_id'] as unknown);

test('documents of every kind of write come back as they were written', async (context) => {
  const { db } = await startEngine(context);
  const books = db.collection('books');
  await books.insertMany([{ a: 1 }, { a: 2, tags: ['x'] }]);
  assert.equal((await books.updateMany({}, { $inc: { a: 1 } })).modifiedCount, 2);
  assert.equal((await books.updateOne({ a: 3 }, { $set: { a: 3 } })).modifiedCount, 0);
  const after = await books.findOneAndUpdate({ tags: 'x' }, { $push: { tags: 'y' } } as object, {
    returnDocument: 'after',
    projection: { _id: 0 },
  });
  assert.deepEqual(after, { a: 3, tags: ['x', 'y'] });
  const upserted = await books.updateOne(
    { 'k.l': 5, n: { $gt: 1 } },
    { $set: { z: 1 }, $setOnInsert: { y: 2 } },
    { upsert: true },
  );
  assert.equal(upserted.upsertedCount, 1);
  assert.deepEqual(await books.findOne({ z: 1 }, { projection: { _id: 0 } }), { k: { l: 5 }, y: 2, z: 1 });
  assert.equal((await books.deleteMany({ a: { $lt: 3 } })).deletedCount, 1);
  assert.equal(await books.countDocuments({}), 2);
  assert.deepEqual(await books.distinct('tags'), ['x', 'y']);
});

test('equal numbers of different types are one _id', async (context) => {
  const { db } = await startEngine(context);
  const numbers = db.collection<{ _id: unknown }>('numbers');
  await numbers.insertOne({ _id: new Int32(1) });
  await assert.rejects(numbers.insertOne({ _id: new Double(1) }), code(11000));
});

test('a duplicate key names the index, the pattern and the value', async (context) => {
  const { db } = await startEngine(context);
  const users = db.collection('users');
  await users.createIndex({ u: 1 }, { unique: true }, {});
  await users.insertOne({ u: 'x' });
  await assert.rejects(users.insertOne({ u: 'x' }), (error) => {
    assert.ok(error instanceof MongoServerError);
    assert.equal(error.code, 11000);
    assert.equal(error.message, 'E11000 duplicate key error collection: mf.users index: u_1 dup key: { u: "x" }');
    assert.deepEqual(error['keyPattern'], { u: 1 });
    assert.deepEqual(error['keyValue'], { u: 'x' });
    return true;
  });
  await users.insertOne({ m: [1, 1] });
  await assert.rejects(users.insertOne({}), code(11000));
});

test('an ordered bulk stops at the first error and an unordered one goes on', async (context) => {
  const { db } = await startEngine(context);
  const bulk = db.collection<{ _id: number }>('bulk');
  const documents = [{ _id: 1 }, { _id: 1 }, { _id: 2 }];
  await assert.rejects(
    bulk.insertMany(documents),
    (error) => error instanceof MongoBulkWriteError && error.insertedCount === 1,
  );
  await bulk.deleteMany({});
  await assert.rejects(
    bulk.insertMany(documents, { ordered: false }),
    (error) => error instanceof MongoBulkWriteError && error.insertedCount === 2,
  );
});

test('updateMany keeps what it did before the bad document', async (context) => {
  const { db } = await startEngine(context);
  const mixed = db.collection<{ _id: number; a: number | string }>('mixed');
  await mixed.insertMany([
    { _id: 1, a: 1 },
    { _id: 2, a: 'x' },
  ]);
  await assert.rejects(mixed.updateMany({}, { $inc: { a: 1 } } as object), code(14));
  assert.deepEqual(await mixed.findOne({ _id: 1 }), { _id: 1, a: 2 });
});

test('an array sorts by its least element going up and its greatest going down', async (context) => {
  const { db } = await startEngine(context);
  const sorted = db.collection('sorted');
  for (const indexed of [false, true]) {
    await fill(sorted, [{ _id: 1, a: [1, 9] }, { _id: 2, a: [5] }, { _id: 3, a: [] }, { _id: 4 }]);
    if (indexed) await sorted.createIndex({ a: 1 }, {}, {});
    assert.deepEqual(await ids(sorted.find({ a: { $gte: 5 } }).sort({ a: 1 })), [1, 2]);
    assert.deepEqual(await ids(sorted.find({}).sort({ a: -1 })), [1, 2, 4, 3]);
  }
});

test('two arrays in one index are refused with 171, in one sort with 2', async (context) => {
  const { db } = await startEngine(context);
  const parallel = db.collection('parallel');
  await parallel.insertOne({ a: [1, 2], b: [1, 2] });
  await assert.rejects(parallel.createIndex({ a: 1, b: 1 }, {}, {}), code(171));
  await assert.rejects(parallel.find({}).sort({ a: 1, b: 1 }).toArray(), code(2));
  assert.deepEqual(
    (await parallel.indexes()).map((index) => index.name),
    ['_id_'],
  );
});

test('an index that is there already is no error, one in its way is', async (context) => {
  const { db } = await startEngine(context);
  const indexed = db.collection('indexed');
  await indexed.createIndex({ a: 1 }, {}, {});
  assert.equal(await indexed.createIndex({ a: 1 }, {}, {}), 'a_1');
  await assert.rejects(indexed.createIndex({ b: 1 }, { name: 'a_1' }, {}), code(86));
  await assert.rejects(indexed.createIndex({ a: 1 }, { name: 'other' }, {}), code(85));
  await assert.rejects(indexed.createIndex({ t: 'text' }, {}, {}), code(67));
  await assert.rejects(indexed.dropIndex('nothing'), code(27));
});

const plan = async (collection: Collection, filter: Document, sort: Document = {}): Promise<string> => {
  const explained = await collection.find(filter).sort(sort).explain('queryPlanner');
  return JSON.stringify((explained['queryPlanner'] as Document)['winningPlan']);
};

test('the planner uses an index where it may, and explain shows it', async (context) => {
  const { db } = await startEngine(context);
  const posts = db.collection('posts');
  await posts.insertMany([
    { s: 1, d: 1, f: ['x'] },
    { s: 2, d: 2, f: ['y', 'x'] },
  ]);
  await posts.createIndex({ s: 1, d: -1 }, {}, {});
  await posts.createIndex({ f: 1, d: -1 }, {}, {});
  await posts.createIndex({ e: 1 }, { sparse: true }, {});
  assert.match(await plan(posts, { s: 1 }, { d: -1 }), /"IXSCAN".*"s_1_d_-1"/);
  assert.doesNotMatch(await plan(posts, { s: 1 }, { d: -1 }), /"SORT"/);
  assert.doesNotMatch(await plan(posts, { f: 'x' }, { d: -1 }), /"SORT"/);
  assert.match(await plan(posts, { f: { $in: ['x', 'y'] } }, { d: -1 }), /"SORT_MERGE".*"IXSCAN"/);
  assert.match(await plan(posts, { f: { $in: ['x', 'y'] } }, { s: -1 }), /"SORT".*"IXSCAN"/);
  assert.match(await plan(posts, { e: null }), /"COLLSCAN"/);
  assert.match(await plan(posts, { e: { $gt: 1 } }), /"IXSCAN"/);
  assert.match(await plan(posts, { q: 1 }), /"COLLSCAN"/);
  await assert.rejects(posts.find({}).hint('nothing').toArray(), code(2));
});

test('a cursor lives through writes between its batches', async (context) => {
  const { db } = await startEngine(context);
  const many = db.collection('many');
  await many.insertMany(Array.from({ length: 500 }, (_, n) => ({ n })));
  await many.createIndex({ n: 1 }, {}, {});
  const cursor = many.find({}).sort({ n: 1 }).batchSize(50);
  const seen: unknown[] = [];
  for await (const one of cursor) {
    seen.push(one['n']);
    if (one['n'] === 60) await many.deleteMany({ n: { $gte: 300 } });
  }
  assert.equal(seen.length, 300);
});

test('batch size 0 gives an empty batch and a cursor', async (context) => {
  const { db } = await startEngine(context);
  await db.collection('one').insertOne({ a: 1 });
  const reply = await db.command({ find: 'one', batchSize: 0 }, { promoteLongs: false });
  const cursor = reply['cursor'] as Document;
  assert.deepEqual(cursor['firstBatch'], []);
  assert.notEqual(String(cursor['id']), '0');
  await assert.rejects(db.command({ getMore: 123n, collection: 'one' }), code(43));
});

test('a pipeline groups, joins, unwinds and counts', async (context) => {
  const { db } = await startEngine(context);
  await db.collection('authors').insertMany([{ name: 'A' }, { name: 'B' }]);
  await db.collection('works').insertMany([
    { by: 'A', n: 1, t: ['x', 'y'] },
    { by: 'A', n: 2, t: ['x'] },
    { by: 'B', n: 5 },
  ]);
  const works = db.collection('works');
  assert.deepEqual(
    await works.aggregate([{ $group: { _id: '$by', total: { $sum: '$n' } } }, { $sort: { _id: 1 } }]).toArray(),
    [
      { _id: 'A', total: 3 },
      { _id: 'B', total: 5 },
    ],
  );
  assert.deepEqual(await works.aggregate([{ $unwind: '$t' }, { $sortByCount: '$t' }]).toArray(), [
    { _id: 'x', count: 2 },
    { _id: 'y', count: 1 },
  ]);
  assert.deepEqual(
    await db
      .collection('authors')
      .aggregate([
        { $lookup: { from: 'works', localField: 'name', foreignField: 'by', as: 'w' } },
        { $project: { _id: 0, name: 1, count: { $size: '$w' } } },
        { $sort: { name: 1 } },
      ])
      .toArray(),
    [
      { name: 'A', count: 2 },
      { name: 'B', count: 1 },
    ],
  );
  assert.deepEqual(
    await works
      .aggregate([{ $facet: { all: [{ $count: 'n' }], two: [{ $match: { n: { $gt: 1 } } }, { $count: 'n' }] } }])
      .toArray(),
    [{ all: [{ n: 3 }], two: [{ n: 2 }] }],
  );
  await assert.rejects(works.aggregate([{ $nothing: 1 }]).toArray(), code(40324));
});

test('what is not supported is refused by its own code', async (context) => {
  const { db, client } = await startEngine(context);
  await assert.rejects(db.command({ nothing: 1 }), code(59));
  await assert.rejects(
    db.command({ insert: 'a', documents: [{ a: 1 }], txnNumber: 1n, startTransaction: true, autocommit: false }),
    code(20),
  );
  await assert.rejects(db.collection('a').insertOne({ a: 1 }, { writeConcern: { w: 2 } }), code(2));
  await assert.rejects(db.createCollection('capped', { capped: true, size: 1000 }), code(72));
  await assert.rejects(
    db
      .collection('a')
      .find({}, { projection: { a: 1, b: 0 } })
      .toArray(),
    code(31254),
  );
  await assert.rejects(
    db
      .collection('a')
      .find({}, { projection: { a: 1, 'a.b': 1 } })
      .toArray(),
    code(31249),
  );
  await assert.rejects(
    client
      .db('mf')
      .collection('a')
      .updateOne({}, { $set: { _id: 5 } }, { upsert: true })
      .then(() => db.collection<{ _id: number }>('a').updateOne({ _id: 5 }, { $set: { _id: 6 } })),
    code(66),
  );
});

test('a collation compares strings by its rules', async (context) => {
  const { db } = await startEngine(context);
  const words = db.collection('words');
  await words.insertMany([{ w: 'Zoe' }, { w: 'anna' }, { w: 'ANNA' }]);
  await words.createIndex({ w: 1 }, {}, {});
  assert.equal((await words.find({ w: 'anna' }, { collation: { locale: 'en', strength: 2 } }).toArray()).length, 2);
  assert.equal((await words.find({ w: 'anna' }).toArray()).length, 1);
  const sorted = await words.find({}).collation({ locale: 'en', strength: 2 }).sort({ w: 1, _id: 1 }).toArray();
  assert.deepEqual(
    sorted.map((one) => one['w'] as unknown),
    ['anna', 'ANNA', 'Zoe'],
  );
});

test('documents whose time is over are deleted', async (context) => {
  const { db, engine } = await startEngine(context);
  const sessions = db.collection('sessions');
  await sessions.createIndex({ at: 1 }, { expireAfterSeconds: 60 }, {});
  await sessions.insertMany([{ at: new Date(Date.now() - 61_000) }, { at: new Date() }, { at: 'never' }, {}]);
  assert.equal(await engine.expire(), 1);
  assert.equal(await sessions.countDocuments({}), 3);
});

test('hidden fields, slices and positions of a projection', async (context) => {
  const { db } = await startEngine(context);
  const projected = db.collection('projected');
  await projected.insertOne({ a: [{ x: 1 }, { x: 2 }], b: { c: 1, d: 2 }, e: [1, 2, 3] });
  const find = (filter: Document, projection: Document): Promise<Document | null> =>
    projected.findOne(filter, { projection: { _id: 0, ...projection } });
  assert.deepEqual(await find({}, { 'b.c': 1 }), { b: { c: 1 } });
  assert.deepEqual(await find({}, { 'a.x': 0, b: 0 }), { a: [{}, {}], e: [1, 2, 3] });
  assert.deepEqual(await find({ 'a.x': 2 }, { 'a.$': 1 }), { a: [{ x: 2 }] });
  assert.deepEqual(await find({}, { a: { $elemMatch: { x: 2 } } }), { a: [{ x: 2 }] });
  assert.deepEqual(await find({}, { e: { $slice: -2 }, a: 0, b: 0 }), { e: [2, 3] });
  assert.deepEqual(await find({}, { n: { $size: '$e' } }), { n: 3 });
});
