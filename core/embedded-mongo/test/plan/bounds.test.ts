import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LocalEngine } from '../support/local.ts';

test('a range of strings before another field of an index is a range, not a value', async (context) => {
  const local = new LocalEngine();
  context.after(() => local.close());
  await local.run({ createIndexes: 'a', indexes: [{ key: { b: 1, c: -1 }, name: 'i' }] });
  await local.run({ insert: 'a', documents: [{ _id: 1, b: 'ab' }] });
  const found = await local.run({ find: 'a', filter: { b: /^a/, c: null } });
  assert.equal((found.get('cursor') as Map<string, unknown[]>).get('firstBatch')?.length, 1);
});
