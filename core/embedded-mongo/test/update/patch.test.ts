import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decode } from '../../src/bson/decode.ts';
import { encode } from '../../src/bson/encode.ts';
import type { Value } from '../../src/bson/values.ts';
import { MongoError } from '../../src/errors.ts';
import { parseUpdate } from '../../src/update/parse.ts';
import { toText } from '../support/ejson.ts';
import { Random, seedOf } from '../support/random.ts';
import { object, scalar, update } from '../support/random-queries.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 20_000);

function outcome(run: () => Buffer | undefined): Buffer | number | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof MongoError) return error.code;
    throw error;
  }
}

test('a change of the stored bytes gives what the change of the decoded document gives', (context) => {
  const seed = seedOf();
  context.diagnostic(`SEED=${seed}`);
  const random = new Random(seed);
  let patched = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const stored = encode(object(random, 0).set('e', scalar(random)));
    const operator = random.pick(['$set', '$inc', '$mul', '$min', '$max']);
    const wanted = new Map<string, Value>([...update(random), [operator, new Map([['e', scalar(random)]])]]);
    if (random.chance(0.5)) wanted.delete([...wanted.keys()][0] ?? '');
    const parsed = outcomeOf(() => parseUpdate(wanted));
    const result = parsed?.patch && outcome(() => parsed.patch?.(stored));
    if (!parsed || result === undefined) continue;
    patched++;
    assert.deepEqual(
      result,
      outcome(() => encode(parsed.apply(decode(stored), -1, false))),
      `round ${round} of SEED=${seed}: ${toText(wanted)} on ${toText(decode(stored))}`,
    );
  }
  assert.ok(patched > ROUNDS / 10, `only ${patched} were patched`);
});

function outcomeOf<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    // Two changes of one path are refused before.
    return undefined;
  }
}
