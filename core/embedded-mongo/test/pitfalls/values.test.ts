import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Decimal128, Double, Int32, Long, MaxKey, MinKey } from 'bson';
import { pitfallBench } from '../support/pitfalls.ts';
import { refusedWith } from '../support/refused.ts';

const { filled, found, typed, db } = pitfallBench();
const long = (text: string): Long => Long.fromString(text);

test('1: equal numbers of all types are one _id, and what a Double cannot hold is another', async () => {
  const ids = db().collection('ids');
  await ids.insertOne({ _id: new Int32(1) as never });
  for (const same of [new Double(1), Long.fromNumber(1), Decimal128.fromString('1.0'), Decimal128.fromString('1')])
    await assert.rejects(ids.insertOne({ _id: same as never }), refusedWith(11000));
  await ids.insertOne({ _id: long('9007199254740993') as never });
  await ids.insertOne({ _id: new Double(9007199254740992) as never });
  await assert.rejects(ids.insertOne({ _id: long('9007199254740992') as never }), refusedWith(11000));
  assert.equal(await ids.countDocuments({ _id: long('9007199254740993') as never }), 1);
  assert.equal(await ids.countDocuments({ _id: { $gt: new Double(9007199254740992) } as never }), 1);
});

test('2: NaN is below no number, equals itself, sorts first; -0 is 0', async () => {
  const numbers = await filled({ a: NaN }, { a: -Infinity }, { a: -0 }, { a: 5 });
  for (const index of [false, true]) {
    if (index) await numbers.createIndex({ a: 1 }, {}, {});
    assert.deepEqual(await found(numbers, { a: { $lt: 5 } }), [1, 2]);
    assert.deepEqual(await found(numbers, { a: { $lte: NaN } }), [0]);
    assert.deepEqual(await found(numbers, { a: NaN }), [0]);
    assert.deepEqual(await found(numbers, { a: { $gt: NaN } }), []);
    assert.deepEqual(await found(numbers, { a: 0 }), [2]);
    const order = await numbers.find({}, { sort: { a: 1 } }).toArray();
    assert.deepEqual(
      order.map((one) => one['_id'] as unknown),
      [0, 1, 2, 3],
    );
  }
});

test('3: $inc and $mul keep the widest type, grow to Long, refuse an overflow with 2 and a string with 14', async () => {
  const cases: [unknown, object, unknown][] = [
    [new Double(5), { $inc: { v: new Int32(1) } }, { v: { $numberDouble: '6.0' } }],
    [new Int32(2147483647), { $inc: { v: new Int32(1) } }, { v: { $numberLong: '2147483648' } }],
    [new Int32(2), { $mul: { v: Long.fromNumber(3) } }, { v: { $numberLong: '6' } }],
    [new Int32(2), { $inc: { v: Decimal128.fromString('0.1') } }, { v: { $numberDecimal: '2.1' } }],
  ];
  for (const [before, update, after] of cases) {
    const one = await filled({ v: before });
    await one.updateOne({}, update);
    assert.deepEqual(await typed(one), after);
  }
  const none = await filled({});
  await none.updateOne({}, { $mul: { i: new Int32(5), d: new Double(5), l: Long.fromNumber(5) } });
  assert.deepEqual(await typed(none), { d: { $numberDouble: '0.0' }, i: { $numberInt: '0' }, l: { $numberLong: '0' } });
  const full = await filled({ v: Long.MAX_VALUE, s: 'x' });
  await assert.rejects(full.updateOne({}, { $inc: { v: 1 } }), refusedWith(2));
  await assert.rejects(full.updateOne({}, { $inc: { s: 1 } }), refusedWith(14));
  await assert.rejects(full.updateOne({}, { $inc: { v: 'x' } } as object), refusedWith(14));
});

test('4: documents compare in field order, strings by UTF-8 bytes, and NUL is a character like others', async () => {
  const documents = await filled({ d: { x: 1, y: 2 } }, { d: { y: 2, x: 1 } });
  assert.deepEqual(await found(documents, { d: { x: 1, y: 2 } }), [0]);
  const texts = await filled({ t: '\u{1F600}' }, { t: '\uFFFF' }, { t: 'a' }, { t: 'a\0b' }, { t: 'a\0' });
  for (const index of [false, true]) {
    if (index) await texts.createIndex({ t: 1 }, {}, {});
    const order = (await texts.find({}, { sort: { t: 1 } }).toArray()).map((one) => one['_id'] as unknown);
    assert.deepEqual(order, [2, 4, 3, 1, 0]);
    assert.deepEqual(await found(texts, { t: { $gt: '\uFFFF' } }), [0]);
    assert.deepEqual(await found(texts, { t: 'a\0' }), [4]);
  }
});

test('5: a comparison stays in its type, but for MinKey and MaxKey, and in $expr it does not', async () => {
  const mixed = await filled({ a: 'x' }, { a: 7 }, { a: null }, {}, { a: new MinKey() }, { a: new MaxKey() });
  for (const index of [false, true]) {
    if (index) await mixed.createIndex({ a: 1 }, {}, {});
    assert.deepEqual(await found(mixed, { a: { $gt: 5 } }), [1]);
    assert.deepEqual(await found(mixed, { a: { $gt: new MinKey() } }), [0, 1, 2, 3, 5]);
    assert.deepEqual(await found(mixed, { a: { $lt: new MaxKey() } }), [0, 1, 2, 3, 4]);
    assert.deepEqual(await found(mixed, { $expr: { $gt: ['$a', 5] } }), [0, 1, 5]);
  }
});

test('6: __proto__ and constructor are ordinary names', async () => {
  const odd = await filled({});
  await odd.updateOne({}, { $set: { '__proto__.x': 1, 'constructor.prototype.y': 2 } });
  assert.equal(await odd.countDocuments({ '__proto__.x': 1, 'constructor.prototype.y': 2 }), 1);
  assert.equal((Object.prototype as { x?: unknown }).x, undefined);
  await odd.updateOne({}, { $unset: { __proto__: 1 } });
  await odd.updateOne({}, JSON.parse('{"$unset":{"__proto__":1}}') as object);
  assert.equal(await odd.countDocuments({ '__proto__.x': { $exists: true } }), 0);
});
