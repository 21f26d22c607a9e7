import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import { buildTestApp } from '../../helpers/build-test-app.ts';
import { addPerson } from '../../helpers/people.ts';
import { addPost } from '../../helpers/posts.ts';

const app = await buildTestApp({ after });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const ADDED = [
  ['2024-02-29T23:59:59.999Z', 'x'],
  ['2025-12-31T23:59:59.999Z', 'x'],
  ['2026-01-01T00:00:00.000Z', 'tiktok'],
  ['2026-01-20T10:00:00.000Z', 'x'],
  ['2026-11-03T10:00:00.000Z', 'tiktok'],
] as const;
for (const [addedAt, platform] of ADDED) await addPost(app, ann.id, { platform }, { addedAt: new Date(addedAt) });
await addPost(app, ben.id, {}, { addedAt: new Date('2020-05-05T00:00:00Z') });

const months = async (filter: object): Promise<unknown> =>
  (await ann.graphql('query($filter: LibraryFilter) { libraryMonths(filter: $filter) }', { filter })).data?.[
    'libraryMonths'
  ];

const CASES: readonly (readonly [string, object, readonly string[]])[] = [
  ['all of the person’s own, newest first', {}, ['2026-11', '2026-01', '2025-12', '2024-02']],
  ['those that a condition leaves', { platform: 'tiktok' }, ['2026-11', '2026-01']],
  ['those between two days', { from: '2025-12-31T00:00:00Z', to: '2026-01-10T00:00:00Z' }, ['2026-01', '2025-12']],
  ['none where nothing is', { platform: 'reddit' }, []],
  ['none after the end', { from: '2026-02-01T00:00:00Z', to: '2026-01-01T00:00:00Z' }, []],
];
for (const [title, filter, wanted] of CASES) {
  test(`months: ${title}`, async () => assert.deepEqual(await months(filter), wanted));
}
