import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EJSON } from 'bson';
import type { Value } from '../../src/bson/values.ts';
import { fromPlain, toText } from '../support/ejson.ts';
import { LocalEngine } from '../support/local.ts';
import { Random, seedOf } from '../support/random.ts';

interface Stage {
  readonly stage: string;
  readonly inputStage?: Stage;
  readonly inputStages?: readonly Stage[];
  readonly ranges?: number;
}

interface Explained {
  readonly queryPlanner: { readonly winningPlan: Stage };
  readonly executionStats: { readonly totalKeysExamined: number; readonly totalDocsExamined: number };
}

const WORDS = ['sea', 'seal', 'season', 'sun', 'sunday', 'se', 'été', 'a\0b', '👍', ''];
const INDEX = { u: 1, t: 1, at: 1, _id: 1 };

async function explain(local: LocalEngine, find: object): Promise<Explained> {
  // The shape of MongoDB's answer, as far as it is asked for.
  return EJSON.parse(toText(await local.run({ explain: find }))) as Explained;
}

const idsOf = async (local: LocalEngine, find: object): Promise<(Value | undefined)[]> =>
  (await local.find(fromPlain(find))).map((one) => one.get('_id'));

async function fill(local: LocalEngine): Promise<void> {
  await local.run({ createIndexes: 'a', indexes: [{ key: INDEX, name: 'i' }] });
  const documents = Array.from({ length: 600 }, (_, n) => ({
    _id: n,
    u: 1,
    t: [WORDS[n % 5], WORDS[(n * 3) % 7], `w${n}`],
    at: (n * 37) % 100,
    odd: n % 2,
  }));
  await local.run({ insert: 'a', documents });
}

test('words that begin alike are read side by side, and no more of them than is shown', async (context) => {
  const local = new LocalEngine();
  context.after(() => local.close());
  await fill(local);
  const find = { find: 'a', filter: { u: 1, t: /^se/ }, sort: { at: -1, _id: -1 }, limit: 10 };
  const { queryPlanner, executionStats } = await explain(local, find);
  const merge = queryPlanner.winningPlan.inputStage;
  assert.deepEqual([merge?.stage, merge?.inputStages?.[0]?.ranges], ['SORT_MERGE', 4]);
  assert.ok(executionStats.totalKeysExamined <= 40, String(executionStats.totalKeysExamined));
  const all = await idsOf(local, { ...find, limit: 0, hint: { $natural: 1 } });
  assert.deepEqual(await idsOf(local, find), all.slice(0, 10));
});

test('a later page begins where the last one ended', async (context) => {
  const local = new LocalEngine();
  context.after(() => local.close());
  await fill(local);
  const find = { find: 'a', filter: { u: 1, t: /^se/, at: { $lte: 20 } }, sort: { at: -1, _id: -1 }, limit: 10 };
  const { executionStats } = await explain(local, find);
  assert.ok(executionStats.totalKeysExamined <= 40, String(executionStats.totalKeysExamined));
});

test('more words than can be read side by side are sorted', async (context) => {
  const local = new LocalEngine();
  context.after(() => local.close());
  await fill(local);
  const find = { find: 'a', filter: { u: 1, t: /^w/ }, sort: { at: 1, _id: 1 }, limit: 5 };
  const { queryPlanner } = await explain(local, find);
  assert.equal(queryPlanner.winningPlan.stage, 'SORT');
  assert.deepEqual(await idsOf(local, find), await idsOf(local, { ...find, hint: { $natural: 1 } }));
});

const conditions = (random: Random): object[] => [
  { t: new RegExp(`^${random.pick(['s', 'se', 'sea', 'sun', 'été', '👍'])}`) },
  { t: { $in: Array.from({ length: 1 + random.below(4) }, () => random.pick(WORDS)) } },
  { t: random.pick(WORDS) },
  { t: { $gt: random.pick(WORDS), $lt: 'sun' } },
  { t: { $elemMatch: { $gte: 'sea', $lt: 'seb' } } },
];

test('ranges read side by side answer as the whole collection does', async (context) => {
  const seed = seedOf();
  context.diagnostic(`SEED=${seed}`);
  const random = new Random(seed);
  const local = new LocalEngine();
  context.after(() => local.close());
  const documents = Array.from({ length: 400 }, (_, n) => ({
    _id: n,
    u: random.below(2),
    at: random.pick<unknown>([1, 2, 3, 4.5, null, new Date(5), 'x']),
    ...(random.chance(0.9) && {
      t: Array.from({ length: random.below(4) }, () => random.pick<unknown>([...WORDS, 7, null])),
    }),
    ...(random.chance(0.1) && { t: random.pick(WORDS) }),
    c: random.below(3),
  }));
  for (const [at, key] of [INDEX, { u: 1, t: 1, at: -1, _id: -1 }, { u: -1, t: 1, c: 1, at: 1, _id: 1 }].entries()) {
    await local.run({ createIndexes: `a${at}`, indexes: [{ key, name: 'i' }] });
    await local.run({ insert: `a${at}`, documents });
  }
  for (let round = 0; round < 300; round++) {
    const find = {
      find: `a${random.below(3)}`,
      filter: {
        u: random.pick([0, 1, { $in: [0, 1] }]),
        ...random.pick(conditions(random)),
        ...(random.chance(0.4) && {
          at: { [random.pick(['$gte', '$lt', '$lte'])]: random.pick<unknown>([2, 3, 'x']) },
        }),
        ...(random.chance(0.3) && { c: random.pick<unknown>([1, { $lt: 2 }]) }),
      },
      sort: random.chance(0.5) ? { at: 1, _id: 1 } : { at: -1, _id: -1 },
      limit: random.pick([0, 3, 20]),
    };
    assert.deepEqual(
      await idsOf(local, { ...find, hint: 'i' }),
      await idsOf(local, { ...find, hint: { $natural: 1 } }),
      `round ${round} of SEED=${seed}: ${EJSON.stringify(find)}`,
    );
  }
});
