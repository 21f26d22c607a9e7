import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Doc } from '../../src/bson/values.ts';
import { fromPlain } from '../support/ejson.ts';
import { LocalEngine } from '../support/local.ts';

const DOCUMENTS = 2000;
/** Shorter than the beginning that a scan reads of each document, longer, and longer than what travels in a block. */
const lengths = [10, 300, 1500, 70_000];

interface Sample {
  readonly _id: number;
  readonly early: number;
  readonly text: string;
  readonly late: number;
  readonly deep: { readonly pad: string; readonly n: number };
  readonly list: readonly { readonly n: number }[];
}

function sampleOf(number: number): Sample {
  const length = lengths[number % 40 === 0 ? 3 : number % 3] ?? 0;
  const text = `${'é'.repeat(length / 2)}${number % 5}`;
  return {
    _id: number,
    early: number % 9,
    text,
    late: number % 7,
    deep: { pad: text, n: number % 6 },
    list: [{ n: 1 }],
  };
}

const samples = Array.from({ length: DOCUMENTS }, (_, number) => sampleOf(number));
const local = new LocalEngine();
before(() => local.run({ insert: 'a', documents: samples }));
after(() => local.close());

const long = sampleOf(2).text;
const cases: readonly (readonly [string, object, (sample: Sample) => boolean])[] = [
  ['a field at the beginning', { early: 4 }, ({ early }) => early === 4],
  ['a field at the beginning that nearly all have', { early: { $ne: 4 } }, ({ early }) => early !== 4],
  ['a string of another length than nearly all', { text: long }, ({ text }) => text === long],
  [
    'a string by its range',
    { text: { $gte: long } },
    ({ text }) => Buffer.compare(Buffer.from(text), Buffer.from(long)) >= 0,
  ],
  ['a field behind a long string', { late: 3 }, ({ late }) => late === 3],
  ['a field that is missing', { none: null, late: 3 }, ({ late }) => late === 3],
  ['a field of a document behind a long string', { 'deep.n': 2 }, ({ deep }) => deep.n === 2],
  ['an array at the end', { 'list.n': 1, early: 1 }, ({ early }) => early === 1],
  ['one side or the other', { $or: [{ early: 8 }, { late: 6 }] }, ({ early, late }) => early === 8 || late === 6],
  ['neither side', { $nor: [{ early: { $lt: 8 } }, { late: 6 }] }, ({ early, late }) => early === 8 && late !== 6],
  ['nothing', { early: 99 }, () => false],
];

for (const [name, filter, wanted] of cases) {
  for (const $natural of [1, -1]) {
    test(`a scan ${$natural === 1 ? 'forward' : 'backward'} finds whole documents by ${name}`, async () => {
      const found = await local.find(fromPlain({ find: 'a', filter, sort: { $natural } }));
      const expected: Doc[] = samples.filter(wanted).map((sample) => fromPlain(sample));
      assert.deepEqual(found, $natural === 1 ? expected : expected.reverse());
    });
  }
}
