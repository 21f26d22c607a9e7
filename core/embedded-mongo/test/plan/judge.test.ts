import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Binary, Decimal128, EJSON, Long, MinKey, ObjectId } from 'bson';
import { fromPlain, toText } from '../support/ejson.ts';
import { LocalEngine } from '../support/local.ts';
import { Random, seedOf } from '../support/random.ts';

interface Explained {
  readonly executionStats: {
    readonly nReturned: number;
    readonly totalKeysExamined: number;
    readonly totalDocsExamined: number;
  };
}

const idsOf = async (local: LocalEngine, find: object): Promise<string[]> =>
  (await local.find(fromPlain({ ...find, projection: { _id: 1 } }))).map((one) => toText(one));

async function examined(local: LocalEngine, find: object): Promise<Explained['executionStats']> {
  // The shape of MongoDB's answer, as far as it is asked for.
  return (EJSON.parse(toText(await local.run({ explain: find }))) as Explained).executionStats;
}

const INDEX = { u: 1, at: 1, _id: 1, size: 1, kind: 1 };

async function filled(): Promise<LocalEngine> {
  const local = new LocalEngine();
  await local.run({ createIndexes: 'a', indexes: [{ key: INDEX, name: 'i' }] });
  const documents = Array.from({ length: 500 }, (_, n) => ({
    _id: n,
    u: 1,
    at: (n * 7) % 500,
    size: n % 50 === 0 ? 2 ** 40 + 0.5 : n % 25,
    kind: n % 10 === 0 ? 'rare' : 'usual',
  }));
  await local.run({ insert: 'a', documents });
  return local;
}

for (const [name, filter, documents] of [
  ['behind the order', { u: 1, kind: 'rare' }, 50],
  ['behind a range', { u: 1, at: { $lt: 100 }, kind: 'rare' }, 10],
  ['by numbers', { u: 1, size: { $gte: 3, $lt: 5 } }, 40],
  ['by two fields at once', { u: 1, size: { $gt: 2 ** 40 }, kind: { $in: ['rare', 'none'] } }, 10],
  ['by a beginning', { u: 1, kind: /^ra/ }, 50],
] as const) {
  test(`what a key tells ${name} needs no document`, async (context) => {
    const local = await filled();
    context.after(() => local.close());
    const find = { find: 'a', filter, sort: { at: -1, _id: -1 }, hint: 'i' };
    const stats = await examined(local, find);
    assert.deepEqual([stats.nReturned, stats.totalDocsExamined], [documents, documents]);
    assert.deepEqual(await idsOf(local, find), await idsOf(local, { ...find, hint: { $natural: 1 } }));
  });
}

const VALUES: readonly unknown[] = [
  ...[1, 2, 2.5, -3, NaN, Infinity, Long.fromString('9007199254740993'), Decimal128.fromString('0.1')],
  ...[null, 'a', 'ab', 'a\0b', '', true, false, new MinKey(), { x: 1 }],
  ...[new Date(5), new ObjectId('0123456789abcdef01234567'), new Binary(Buffer.from('ab'))],
];

test('keys that are judged answer as the whole collection does', async (context) => {
  const seed = seedOf();
  context.diagnostic(`SEED=${seed}`);
  const random = new Random(seed);
  const local = new LocalEngine();
  context.after(() => local.close());
  const indexes = [
    { u: 1, a: 1, b: 1, c: 1 },
    { a: 1, l: 1, c: 1, b: 1 },
    { u: 1, b: -1, c: 1, a: 1 },
  ];
  const documents = Array.from({ length: 300 }, (_, n) => ({
    _id: n,
    u: random.below(2),
    a: random.pick(VALUES),
    b: random.pick(VALUES),
    ...(random.chance(0.9) && { c: random.pick(VALUES) }),
    ...(random.chance(0.8) && { l: Array.from({ length: random.below(3) }, () => random.pick(VALUES)) }),
  }));
  for (const [at, key] of indexes.entries()) {
    await local.run({ createIndexes: `a${at}`, indexes: [{ key, name: 'i', sparse: at === 2 }] });
    await local.run(fromPlain({ insert: `a${at}`, documents }));
  }
  const condition = (): unknown =>
    random.pick([
      random.pick(VALUES),
      { [random.pick(['$gt', '$gte', '$lt', '$lte'])]: random.pick(VALUES) },
      { $gte: 1, $lt: 3 },
      { $in: [random.pick(VALUES), random.pick(VALUES)] },
      { $exists: random.chance(0.5) },
      { $ne: random.pick(VALUES) },
    ]);
  for (let round = 0; round < 400; round++) {
    const find = {
      find: `a${random.below(3)}`,
      filter: {
        ...(random.chance(0.7) && { u: random.below(2) }),
        ...(random.chance(0.4) && { a: condition() }),
        ...(random.chance(0.5) && { b: condition() }),
        ...(random.chance(0.5) && { c: condition() }),
        ...(random.chance(0.3) && { l: condition() }),
      },
      sort: random.pick([{ _id: 1 }, { a: 1, _id: 1 }, { u: -1, _id: 1 }]),
    };
    const byIndex = await idsOf(local, { ...find, hint: 'i' });
    const all = await idsOf(local, { ...find, hint: { $natural: 1 } });
    // A hint of a sparse index is obeyed although it does not hold every document.
    const wanted = find.find === 'a2' ? all.filter((id) => byIndex.includes(id)) : all;
    assert.deepEqual(byIndex, wanted, `round ${round} of SEED=${seed}: ${JSON.stringify(find)}`);
  }
});
