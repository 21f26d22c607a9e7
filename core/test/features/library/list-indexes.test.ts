import assert from 'node:assert/strict';
import test from 'node:test';
import { Schema } from 'mongoose';
import { LIST_INDEXES, addListIndexes } from '../../../src/features/library/listing/link-fields.ts';
import { indexOf } from '../../../src/features/library/listing/list-indexes.ts';
import type { FacetName } from '../../../src/features/library/listing/list-indexes.ts';
import type { SortField } from '../../../src/features/library/listing/list-sort.ts';

const FIELD: Readonly<Record<FacetName, string>> = {
  added: 'addedAt',
  posted: 'postedAt',
  platform: 'platform',
  kind: 'kind',
  author: 'author',
  duration: 'duration',
  folders: 'folders',
  labels: 'labels',
  terms: 'terms',
  favourite: 'favourite',
  inbox: 'inbox',
};
const ORDERS: readonly (SortField | undefined)[] = ['addedAt', 'postedAt', 'size', 'shuffle', undefined];

for (const [facet, field] of Object.entries(FIELD))
  test(`the indexes for ${facet} begin with it, and are in the order that they are said to have`, () => {
    for (const order of ORDERS) {
      // The keys of the record above.
      const { index, ordered } = indexOf(facet as FacetName, order);
      const fields = Object.keys(LIST_INDEXES[index]);
      assert.equal(fields[2], field);
      if (ordered && order !== undefined) assert.equal(fields[fields.indexOf('_id') - 1], order);
    }
  });

test('an index leaves out only what no list asks of it', () => {
  const schema = new Schema({});
  addListIndexes(schema);
  for (const [key, options] of schema.indexes()) {
    const partial = options['partialFilterExpression'] as Record<string, unknown> | undefined;
    if (partial !== undefined) assert.deepEqual(Object.keys(partial), [Object.keys(key)[2]]);
  }
});
