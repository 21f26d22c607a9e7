import assert from 'node:assert/strict';
import test from 'node:test';
import { mergeSecrets, secretNamesOf, splitSecrets } from '../../../src/features/plugin-settings/secrets.rules.ts';

const schema = { properties: { region: { type: 'string' }, token: { type: 'string', secret: true }, odd: null } };

test('secrets are what the schema says is one', () => {
  assert.deepEqual([...secretNamesOf(schema)], ['token']);
  for (const other of [{}, { properties: null }, { properties: [] }]) assert.equal(secretNamesOf(other).size, 0);
});

test('values are parted by it', () => {
  assert.deepEqual(splitSecrets({ region: 'eu', token: 't', extra: 1 }, secretNamesOf(schema)), {
    plain: { region: 'eu', extra: 1 },
    sealed: { token: 't' },
  });
});

for (const [what, given, merged] of [
  ['not given stays', {}, { token: 'old' }],
  ['typed anew is another one', { token: 'new' }, { token: 'new' }],
  ['null goes', { token: null }, {}],
] as const) {
  test(`a secret that is ${what}`, () => assert.deepEqual(mergeSecrets({ token: 'old' }, given), merged));
}
