import assert from 'node:assert/strict';
import { test } from 'node:test';
import { equal } from '../../src/bson/compare.ts';
import { identityOf } from '../../src/bson/identity.ts';
import { Random, anyValue, seedOf } from '../support/random.ts';

test('two values have one identity exactly when they are equal', (context) => {
  const seed = seedOf();
  context.diagnostic(`SEED=${seed}`);
  const random = new Random(seed);
  for (let round = 0; round < 20_000; round++) {
    const [left, right] = [anyValue(random), anyValue(random)];
    const same = identityOf(left) === identityOf(right) || Object.is(identityOf(left), identityOf(right));
    assert.equal(same, equal(left, right));
  }
});
