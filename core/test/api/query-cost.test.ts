import assert from 'node:assert/strict';
import test from 'node:test';
import { buildSchema, parse } from 'graphql';
import { costOf } from '../../src/api/query-cost.ts';

const schema = buildSchema(`
  type Query { page(limit: Int = 20): Page  things: [Thing!]!  one: Thing  count: Int }
  type Mutation { change: Int }
  type Page { items: [Thing!]! total: Int }
  type Thing { id: ID tags: [String!]! parts: [Thing!]! }
`);

/** Each root field costs ten; an object one; lists five, pages as many as they may have. */
for (const [query, cost, variables] of [
  ['{ count }', 10],
  ['{ a: count b: count }', 20],
  ['mutation { change }', 10],
  ['{ one { id tags } }', 11],
  ['{ things { id } }', 15],
  ['{ things { parts { id } } }', 10 + 5 * (1 + 5)],
  ['{ page { total } }', 11],
  ['{ page { items { id } } }', 31],
  ['{ page(limit: 3) { items { id } } }', 14],
  ['query($n: Int) { page(limit: $n) { items { id } } }', 111, { n: 100 }],
  ['query($n: Int) { page(limit: $n) { items { parts { id } } } }', 11 + 100 * (1 + 5), { n: 100 }],
  ['query($n: Int) { page(limit: $n) { items { id } } }', 31, {}],
  ['{ page(limit: -7) { items { id } } }', 16],
  ['{ one { ...T } } fragment T on Thing { parts { id } }', 16],
  ['{ ... on Query { one { id } } ...R } fragment R on Query { count }', 21],
  ['{ __schema { types { name } } __typename }', 20],
] as const)
  test(`${query} with ${JSON.stringify(variables ?? {})} costs ${cost}`, () => {
    assert.equal(costOf(schema, parse(query), variables), cost);
  });

test('fragments that spread each other twice are counted, and each is walked once', () => {
  const levels = 40;
  const fragments = Array.from({ length: levels }, (_fragment, n) =>
    n === levels - 1
      ? `fragment F${n} on Thing { id parts { id } }`
      : `fragment F${n} on Thing { ...F${n + 1} again: parts { id } ...F${n + 1} }`,
  );
  const cost = costOf(schema, parse(`{ one { ...F0 } } ${fragments.join(' ')}`));
  assert.ok(cost > 1e9, String(cost));
});
