import assert from 'node:assert/strict';
import { test } from 'node:test';
import { encode } from '../../src/bson/encode.ts';
import type { Value } from '../../src/bson/values.ts';
import { matches } from '../../src/match/matches.ts';
import { parseFilter } from '../../src/match/parse.ts';
import { Verdict, compileRaw } from '../../src/match/raw.ts';
import { toText } from '../support/ejson.ts';
import { Random, anyValue, seedOf } from '../support/random.ts';
import { filter, object } from '../support/random-queries.ts';

const ROUNDS = Number(process.env['ROUNDS'] ?? 20_000);

test('what raw bytes say of a filter is what the decoded document says', (context) => {
  const seed = seedOf();
  context.diagnostic(`SEED=${seed}`);
  const random = new Random(seed);
  const seen = [0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const wanted = filter(random);
    const document = object(random, 0).set('e', anyValue(random));
    if (random.chance(0.3)) wanted.set('e', new Map<string, Value>([['$gte', 5]]));
    const node = parseFilter(wanted);
    // The document, or only its beginning, lies between others, as in a block.
    const bytes = encode(document);
    const there = random.chance(0.5) ? bytes.length : 5 + random.below(bytes.length - 4);
    const block = Buffer.concat([Buffer.alloc(7, 1), bytes.subarray(0, there), Buffer.alloc(7, random.below(256))]);
    const answer = compileRaw(node)(block, 7, 7 + there);
    seen[answer] = (seen[answer] ?? 0) + 1;
    if (answer === Verdict.maybe) continue;
    assert.equal(answer === Verdict.yes, matches(node, document), `round ${round} of SEED=${seed}: ${toText(wanted)}`);
  }
  assert.ok(
    seen.every((count) => count > ROUNDS / 100),
    `verdicts ${seen.join(', ')}`,
  );
});
