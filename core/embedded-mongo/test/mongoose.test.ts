import assert from 'node:assert/strict';
import { test } from 'node:test';
import mongoose from 'mongoose';
import { startEngine } from './support/server.ts';

test('mongoose models validate, index, populate and count as on MongoDB', async (context) => {
  const { engine, ends } = await startEngine(context);
  const connection = await mongoose.createConnection(engine.uri, { dbName: 'models' }).asPromise();
  ends.push(() => connection.close());
  const Author = connection.model(
    'Author',
    new mongoose.Schema(
      { name: { type: String, unique: true, required: true }, seen: { type: Map, of: Number } },
      { timestamps: true },
    ),
  );
  const Book = connection.model(
    'Book',
    new mongoose.Schema({
      title: String,
      author: { type: mongoose.Schema.Types.ObjectId, ref: 'Author' },
      tags: [String],
      refCount: { type: Number, default: 0 },
      parts: [{ n: Number }],
    }),
  );
  await Author.init();
  const author = await Author.create({ name: 'A', seen: { '10': 1, '2': 2 } });
  await assert.rejects(Author.create({ name: 'A' }), (error) => (error as { code?: number }).code === 11000);
  const book = await Book.create({ title: 'T', author: author._id, tags: ['x'], parts: [{ n: 1 }, { n: 2 }] });
  book.tags.push('y');
  book.parts[1]?.set('n', 5);
  await book.save();
  const found = await Book.findOne({ tags: { $all: ['x', 'y'] } })
    .populate<{ author: { name: string } }>('author')
    .orFail();
  assert.equal(found.author.name, 'A');
  assert.equal(found.parts[1]?.n, 5);
  const counted = await Book.findOneAndUpdate(
    { _id: book._id, refCount: { $lt: 1 } },
    { $inc: { refCount: 1 } },
    { returnDocument: 'after' },
  ).orFail();
  assert.equal(counted.refCount, 1);
  assert.equal(await Book.findOneAndUpdate({ _id: book._id, refCount: { $lt: 1 } }, { $inc: { refCount: 1 } }), null);
  await Book.bulkWrite([
    { insertOne: { document: { title: 'U' } } },
    { updateOne: { filter: { title: 'V' }, update: { $set: { refCount: 3 } }, upsert: true } },
    { deleteOne: { filter: { title: 'T' } } },
  ]);
  assert.deepEqual(
    (await Book.find().sort({ title: 1 }).lean()).map((one) => one.title),
    ['U', 'V'],
  );
  assert.equal(await Book.countDocuments({ refCount: { $gte: 1 } }), 1);
  assert.equal((await Book.exists({ title: 'U' })) !== null, true);
  assert.deepEqual(await Book.distinct('title'), ['U', 'V']);
  assert.equal((await Author.findOne({ 'seen.10': 1 }).orFail()).seen?.get('2'), 2);
  await connection.dropDatabase();
  assert.equal(await Author.countDocuments(), 0);
});
