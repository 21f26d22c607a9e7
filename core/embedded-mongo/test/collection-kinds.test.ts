import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Db, Document } from 'mongodb';
import { sharedEngine } from './support/shared.ts';
import { refusedWith } from './support/refused.ts';

const shared = sharedEngine();
let db: Db;
before(async () => {
  db = (await shared.start()).db;
});
after(() => shared.stop());

test('a validator refuses what does not fit with 121 and says why', async () => {
  const people = await db.createCollection('people', {
    validator: { $jsonSchema: { required: ['name'], properties: { age: { bsonType: 'int', minimum: 0 } } } },
  });
  await people.insertOne({ name: 'a', age: 1 });
  await assert.rejects(people.insertOne({ age: -1 }), (error: Document) => {
    assert.equal(error['code'], 121);
    const info = error['errInfo'] as Document;
    const details = info['details'] as Document;
    assert.equal(details['operatorName'], '$jsonSchema');
    const [missing, wrong] = details['schemaRulesNotSatisfied'] as Document[];
    assert.deepEqual(missing?.['missingProperties'], ['name']);
    assert.equal((wrong?.['propertiesNotSatisfied'] as Document[])[0]?.['propertyName'], 'age');
    return true;
  });
  await assert.rejects(people.updateOne({}, { $set: { age: 'x' } }), refusedWith(121));
  await assert.rejects(people.findOneAndUpdate({}, { $unset: { name: 1 } }), refusedWith(121));
  await assert.rejects(people.updateOne({ q: 1 }, { $set: { q: 2 } }, { upsert: true }), refusedWith(121));
  await people.insertOne({ age: 'x' }, { bypassDocumentValidation: true });
  await people.updateOne({ age: 'x' }, { $set: { age: 'y' } }, { bypassDocumentValidation: true });
  assert.equal(await people.countDocuments(), 2);
});

test('the level moderate lets a document that was not valid stay so; off and warn let all in', async () => {
  const old = await db.createCollection('old');
  await old.insertMany([{ _id: 1 as unknown as never, n: 1 }, { _id: 2 as unknown as never }]);
  await db.command({ collMod: 'old', validator: { n: { $type: 'int' } }, validationLevel: 'moderate' });
  await old.updateOne({ _id: 2 as unknown as never }, { $set: { x: 1 } });
  await assert.rejects(old.updateOne({ _id: 1 as unknown as never }, { $set: { n: 'x' } }), refusedWith(121));
  await db.command({ collMod: 'old', validationLevel: 'off' });
  await old.insertOne({ n: 'x' });
  await db.command({ collMod: 'old', validationLevel: 'strict', validationAction: 'warn' });
  await old.insertOne({ n: 'x' });
  await assert.rejects(db.command({ collMod: 'old', validationLevel: 'some' }), refusedWith(2));
  const [listed] = await db.listCollections({ name: 'old' }).toArray();
  assert.deepEqual((listed as Document)['options'], {
    validator: { n: { $type: 'int' } },
    validationLevel: 'strict',
    validationAction: 'warn',
  });
});

const schemas: [Document, unknown, boolean][] = [
  [{ bsonType: 'string' }, 'x', true],
  [{ bsonType: ['int', 'null'] }, null, true],
  [{ type: 'number' }, 1.5, true],
  [{ type: 'boolean' }, 1, false],
  [{ enum: ['a', 1] }, 1, true],
  [{ minimum: 1, exclusiveMinimum: true }, 1, false],
  [{ maximum: 3 }, 3, true],
  [{ multipleOf: 2 }, 3, false],
  [{ minLength: 2 }, '😀', false],
  [{ pattern: '^a' }, 'ba', false],
  [{ items: { bsonType: 'int' } }, [1, 'x'], false],
  [{ items: [{ bsonType: 'int' }], additionalItems: false }, [1, 2], false],
  [{ uniqueItems: true }, [1, 1], false],
  [{ minItems: 1, maxItems: 2 }, [1, 2, 3], false],
  [{ additionalProperties: false, properties: { a: {} } }, { a: 1, b: 1 }, false],
  [{ patternProperties: { '^s': { bsonType: 'string' } } }, { s1: 1 }, false],
  [{ minProperties: 1 }, {}, false],
  [{ dependencies: { a: ['b'] } }, { a: 1 }, false],
  [{ allOf: [{ minimum: 0 }, { maximum: 5 }] }, 7, false],
  [{ anyOf: [{ bsonType: 'string' }, { minimum: 5 }] }, 7, true],
  [{ oneOf: [{ minimum: 0 }, { maximum: 5 }] }, 3, false],
  [{ not: { bsonType: 'int' } }, 3, false],
];

test('$jsonSchema keywords hold and break as in draft 4 with bsonType', async () => {
  const values = db.collection('schema-values');
  for (const [schema, value, fits] of schemas) {
    await values.deleteMany({});
    await values.insertOne({ v: value });
    const found = await values.countDocuments({ $jsonSchema: { properties: { v: schema } } });
    assert.equal(found, fits ? 1 : 0, JSON.stringify([schema, value]));
  }
  await assert.rejects(values.find({ $jsonSchema: { $ref: 'x' } }).toArray(), refusedWith(9));
  await assert.rejects(values.find({ $jsonSchema: { nonsense: 1 } }).toArray(), refusedWith(9));
});

test('a view shows what its stages leave, and takes no writes', async () => {
  const books = db.collection('books');
  await books.insertMany([1, 2, 3, 4].map((n) => ({ n, odd: n % 2 === 1 })));
  await db.createCollection('odd', { viewOn: 'books', pipeline: [{ $match: { odd: true } }, { $unset: 'odd' }] });
  await db.createCollection('odder', { viewOn: 'odd', pipeline: [{ $match: { n: { $gt: 1 } } }] });
  const odd = db.collection('odd');
  assert.deepEqual(
    (await odd.find({}, { projection: { _id: 0 }, sort: { n: -1 } }).toArray()).map((one) => one['n'] as number),
    [3, 1],
  );
  assert.equal(await odd.countDocuments(), 2);
  assert.equal(await odd.estimatedDocumentCount(), 2);
  assert.deepEqual(await odd.distinct('n'), [1, 3]);
  assert.equal(await db.collection('odder').countDocuments(), 1);
  assert.deepEqual(
    await books
      .aggregate([
        { $match: { n: 3 } },
        { $lookup: { from: 'odd', localField: 'n', foreignField: 'n', as: 'v' } },
        { $project: { _id: 0, size: { $size: '$v' } } },
      ])
      .toArray(),
    [{ size: 1 }],
  );
  await assert.rejects(odd.insertOne({ n: 5 }), refusedWith(166));
  await assert.rejects(odd.updateOne({}, { $set: { n: 5 } }), refusedWith(166));
  await assert.rejects(odd.deleteOne({}), refusedWith(166));
  await assert.rejects(odd.createIndex({ n: 1 }, {}, {}), refusedWith(166));
  await assert.rejects(db.command({ create: 'broken', pipeline: [] }), refusedWith(72));
  await assert.rejects(db.command({ collMod: 'odd', viewOn: 'odder', pipeline: [] }), refusedWith(5));
  const listed = await db.listCollections({ type: 'view' }, { nameOnly: true }).toArray();
  assert.deepEqual(listed.map((one) => one.name).sort(), ['odd', 'odder']);
  await odd.drop();
  assert.equal(await books.countDocuments(), 4);
});

test('a collection’s own collation is that of its queries and indexes', async () => {
  const names = await db.createCollection('names', { collation: { locale: 'en', strength: 2 } });
  await names.createIndex({ name: 1 }, { unique: true }, {});
  await names.insertOne({ name: 'Anna' });
  assert.equal(await names.countDocuments({ name: 'ANNA' }), 1);
  assert.equal((await names.findOne({ name: 'anna' }))?.['name'], 'Anna');
  await assert.rejects(names.insertOne({ name: 'anna' }), refusedWith(11000));
  await names.insertOne({ name: 'Ánna' });
  const index = (await names.indexes()).find((one) => one.name === 'name_1') as Document | undefined;
  assert.equal((index?.['collation'] as Document)['strength'], 2);
  await assert.rejects(db.createCollection('bad', { collation: { locale: 'xx-nowhere-at-all' } }), refusedWith(2));
});

test('an index with a collation does not answer queries by bytes', async () => {
  const words = db.collection('words');
  await words.createIndex({ w: 1 }, { collation: { locale: 'en', strength: 1 } }, {});
  await words.insertMany(['b', 'B', 'a', 'é', 'e'].map((w) => ({ w })));
  assert.equal(await words.countDocuments({ w: 'b' }), 1);
  assert.equal(await words.countDocuments({ w: { $gte: 'b' } }), 3);
  assert.equal(await words.countDocuments({ w: 'E' }, { collation: { locale: 'en', strength: 1 } }), 2);
  await assert.rejects(words.createIndex({ w: 1 }, { name: 'w_1' }, {}), refusedWith(86));
  const valid = await db.command({ validate: 'words' });
  assert.equal(valid['valid'], true);
});

for (const [option, value] of [
  ['capped', true],
  ['timeseries', { timeField: 't' }],
  ['clusteredIndex', { key: { _id: 1 }, unique: true }],
  ['expireAfterSeconds', 5],
  ['autoIndexId', false],
  ['size', 5],
] as const) {
  test(`create refuses ${option} with 72`, async () => {
    await assert.rejects(db.command({ create: 'never', [option]: value }), refusedWith(72));
  });
}
