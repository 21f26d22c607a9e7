import assert from 'node:assert/strict';
import { test } from 'node:test';
import { int } from '../src/bson/values.ts';
import type { Doc, Value } from '../src/bson/values.ts';
import { MongoError } from '../src/errors.ts';
import { toText } from './support/ejson.ts';
import { LocalEngine } from './support/local.ts';
import { Random, seedOf } from './support/random.ts';
import { document, filter, indexes, object, sort, update } from './support/random-queries.ts';

const OPERATIONS = Number(process.env['OPERATIONS'] ?? 2000);

/** The answer of a command, or the code of its error. */
async function outcome(engine: LocalEngine, command: Doc): Promise<string> {
  try {
    if (command.has('find')) return (await engine.find(command)).map(toText).join('\n');
    const reply = await engine.runDoc(command);
    const errors = reply.get('writeErrors');
    const codes = Array.isArray(errors)
      ? errors.map((error) => (error instanceof Map ? (error.get('code') ?? null) : null))
      : [];
    return toText(
      document([
        ['n', reply.get('n') ?? null],
        ['modified', reply.get('nModified') ?? null],
        ['codes', codes],
      ]),
    );
  } catch (error) {
    if (error instanceof MongoError) return `error ${error.code}`;
    throw error;
  }
}

const named = (command: Doc, name: string): Doc =>
  new Map([...command].map(([field, one], at): [string, Value] => [field, at === 0 ? name : one]));

function operation(random: Random, id: number): Doc {
  const roll = random.below(20);
  if (roll < 3) {
    return document([
      ['insert', ''],
      ['documents', [new Map<string, Value>([['_id', int(id)], ...object(random, 0)])]],
    ]);
  }
  // With a sort by _id, so that both collections touch the same document.
  if (roll < 5) {
    const multi = random.chance(0.5);
    const one: Doc = document([
      ['q', filter(random)],
      ['u', update(random)],
      ['multi', multi],
    ]);
    if (!multi) one.set('sort', document([['_id', int(1)]]));
    return document([
      ['update', ''],
      ['updates', [one]],
    ]);
  }
  if (roll < 6)
    return document([
      ['delete', ''],
      [
        'deletes',
        [
          document([
            ['q', document([['_id', int(random.below(id + 1))]])],
            ['limit', int(1)],
          ]),
        ],
      ],
    ]);
  if (roll < 8)
    return document([
      ['count', ''],
      ['query', filter(random)],
    ]);
  const command = document([
    ['find', ''],
    ['filter', filter(random)],
    ['sort', sort(random)],
  ]);
  if (random.chance(0.3)) command.set('limit', int(1 + random.below(5)));
  if (random.chance(0.2)) command.set('skip', int(random.below(4)));
  return command;
}

test('a collection with indexes answers as one without', async (context) => {
  const seed = seedOf();
  context.diagnostic(`SEED=${seed}`);
  const random = new Random(seed);
  const engine = new LocalEngine();
  context.after(() => engine.close());
  for (let done = 0; done < OPERATIONS; done++) {
    if (done % 500 === 0) {
      for (const name of ['plain', 'indexed']) await engine.run({ drop: name });
      await engine.run({ create: 'plain' });
      for (const index of indexes(random))
        await outcome(
          engine,
          document([
            ['createIndexes', 'indexed'],
            ['indexes', [index]],
          ]),
        );
    }
    const command = operation(random, done);
    const [indexed, plain] = [
      await outcome(engine, named(command, 'indexed')),
      await outcome(engine, named(command, 'plain')),
    ];
    // A write that fails half-way stops where the plan has brought it, and two arrays on the paths of one index are
    // refused by the index: the collections may differ from there on.
    if ((command.has('insert') || command.has('update')) && `${indexed}${plain}`.includes('"codes":[{')) {
      await resynchronize(engine);
      continue;
    }
    assert.equal(indexed, plain, `operation ${done} of SEED=${seed}: ${toText(command)}`);
  }
});

/** Makes the plain collection hold what the indexed one holds. */
async function resynchronize(engine: LocalEngine): Promise<void> {
  const all = await engine.find(document([['find', 'indexed']]));
  await engine.runDoc(
    document([
      ['delete', 'plain'],
      [
        'deletes',
        [
          document([
            ['q', new Map()],
            ['limit', int(0)],
          ]),
        ],
      ],
    ]),
  );
  if (all.length > 0)
    await engine.runDoc(
      document([
        ['insert', 'plain'],
        ['documents', all],
      ]),
    );
}
