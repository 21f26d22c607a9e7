import assert from 'node:assert/strict';
import test, { after } from 'node:test';
import type { Collection, Document, Filter, FindOptions } from 'mongodb';
import type { LinkDoc } from '../../../src/features/library/index.ts';
import type { LibraryFilter } from '../../../src/features/library/library-query.ts';
import { LIBRARY_SORTS } from '../../../src/features/library/listing/list-sort.ts';
import type { LibrarySort } from '../../../src/features/library/listing/list-sort.ts';
import { buildTestApp } from '../../helpers/build-test-app.ts';
import { linkModel } from '../../helpers/library.ts';
import { addPerson } from '../../helpers/people.ts';
import { addPost } from '../../helpers/posts.ts';
import { assertProblem } from '../../helpers/problem.ts';

const app = await buildTestApp({ after });
const ann = await addPerson(app, 'ann');
const ben = await addPerson(app, 'ben');
const day = (n: number): Date => new Date(Date.UTC(2026, 0, 1 + n));
const WORDS = ['crème', 'ラーメン', 'قهوة', 'sunset', 'sunday', '👍🏽', 'été'];

for (let n = 0; n < 120; n += 1) {
  const kind = (['video', 'image', 'carousel'] as const)[n % 3] ?? 'video';
  await addPost(
    app,
    n % 10 === 9 ? ben.id : ann.id,
    {
      caption: `${WORDS[n % 7] ?? ''} and ${WORDS[(n * 3) % 5] ?? ''}`,
      author: { handle: `Author${n % 4}` },
      hashtags: n % 5 === 0 ? ['Été'] : ['sea'],
      platform: ['tiktok', 'reddit', 'x'][n % 4] ?? 'x',
      kind,
      // Sizes and days that several posts share: the id decides.
      size: 1000 * (n % 6),
      postedAt: day(n % 11),
      ...(kind === 'video' && { duration: n }),
    },
    { addedAt: day(Math.floor(n / 2)), ...(n % 8 === 0 && { favourite: true }) },
  );
}
const anns = await linkModel(app).find({ user: ann.id }).lean();

const CASES: readonly (readonly [LibraryFilter, (link: LinkDoc) => boolean])[] = [
  [{}, () => true],
  [{ kind: 'video' }, ({ kind }) => kind === 'video'],
  [{ platform: 'x', kind: 'image' }, ({ platform, kind }) => platform === 'x' && kind === 'image'],
  [{ q: 'sun' }, ({ terms }) => terms.some((term) => term.startsWith('sun'))],
  [{ q: 'Creme AND' }, ({ terms }) => terms.includes('creme')],
  [
    { q: 'قهوه 👍', author: '@author1' },
    ({ terms, author }) => terms.includes('قهوه') && terms.includes('👍') && author === 'author1',
  ],
  [{ tag: '#ete' }, ({ labels }) => labels.includes('ete')],
  [{ author: 'AUTHOR2', favourite: true }, ({ author, favourite }) => author === 'author2' && favourite === true],
  [{ favourite: true }, ({ favourite }) => favourite === true],
  [{ from: day(10), to: day(30) }, ({ addedAt }) => addedAt >= day(10) && addedAt <= day(30)],
  [{ postedFrom: day(3), postedTo: day(5) }, ({ postedAt }) => postedAt >= day(3) && postedAt <= day(5)],
  [{ minDuration: 60 }, ({ duration }) => duration >= 60],
  [{ folder: 'inbox', platform: 'x' }, ({ platform }) => platform === 'x'],
  [{ q: 'nothing of that' }, () => false],
];

const FIELD = { added: 'addedAt', posted: 'postedAt', size: 'size' } as const;

function inOrder(links: readonly LinkDoc[], sort: LibrarySort): string[] {
  const [name = '', way] = sort.split('_');
  const field = FIELD[name as keyof typeof FIELD];
  const sign = way === 'asc' ? 1 : -1;
  return links
    .toSorted((a, b) => (Number(a[field]) - Number(b[field]) || (String(a._id) < String(b._id) ? -1 : 1)) * sign)
    .map(({ _id }) => String(_id));
}

async function allPages(filter: LibraryFilter, sort: LibrarySort, limit: number, seed = 0): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await app.library.query.page(ann.id, { filter, sort, limit, cursor, seed });
    ids.push(...page.items.map(({ link }) => String(link._id)));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

for (const [filter, wanted] of CASES) {
  test(`${JSON.stringify(filter)} gives each post once, in every order, and is counted`, async () => {
    const expected = anns.filter(wanted);
    for (const sort of LIBRARY_SORTS) {
      const got = await allPages(filter, sort, 7, 3);
      if (sort === 'random') assert.deepEqual(got.toSorted(), inOrder(expected, 'added_asc').toSorted());
      else assert.deepEqual(got, inOrder(expected, sort), sort);
    }
    assert.deepEqual(await app.library.query.count(ann.id, filter), { value: expected.length, more: false });
  });
}

test('a seed gives the same order again, another seed another one', async () => {
  const first = await allPages({}, 'random', 50, 1);
  assert.deepEqual(await allPages({}, 'random', 7, 1), first);
  assert.notDeepEqual(await allPages({}, 'random', 50, 2), first);
});

test('the cursor of another list is refused', async () => {
  const { nextCursor } = (await ann.inject({ url: '/api/library?limit=2' })).json<{ nextCursor: string }>();
  for (const query of ['sort=size_desc', 'platform=x', 'q=sun', 'sort=random&seed=4', 'folder=inbox'])
    assertProblem(await ann.inject({ url: `/api/library?${query}&cursor=${nextCursor}` }), 400, 'MF_ERR_VALIDATION');
  assert.equal((await ann.inject({ url: `/api/library?cursor=${nextCursor}` })).statusCode, 200);
});

/** What was asked of the links while something ran, explained. */
async function explained(run: () => Promise<unknown>): Promise<Document[]> {
  const asked: { filter: Filter<Document>; options: FindOptions }[] = [];
  app.database.set('debug', (name: string, method: string, filter: Filter<Document>, options: FindOptions) => {
    if (name === 'links' && method === 'find') asked.push({ filter, options });
  });
  await run();
  app.database.set('debug', false);
  const links = linkModel(app).collection as unknown as Collection;
  return Promise.all(asked.map(async ({ filter, options }) => links.find(filter, options).explain('executionStats')));
}

interface Stage {
  readonly stage: string;
  readonly indexName?: string;
  readonly inputStage?: Stage;
  readonly inputStages?: readonly Stage[];
}

function stagesOf(stage: Stage | undefined): Stage[] {
  if (stage === undefined) return [];
  return [stage, ...stagesOf(stage.inputStage), ...(stage.inputStages ?? []).flatMap(stagesOf)];
}

test('every list is read by an index, and looks at little more than it shows', async () => {
  for (const [filter] of CASES) {
    for (const sort of LIBRARY_SORTS) {
      const plans = await explained(async () => app.library.query.page(ann.id, { filter, sort, limit: 5 }));
      assert.ok(plans.length > 0);
      for (const plan of plans) {
        const { winningPlan } = plan['queryPlanner'] as { winningPlan: Stage };
        const stages = stagesOf(winningPlan);
        const scan = stages.find(({ stage }) => stage === 'IXSCAN');
        assert.match(scan?.indexName ?? '', /^list_/, `${JSON.stringify(filter)} ${sort}`);
        // A whole order never sorts: without a condition the index has it.
        if (Object.keys(filter).length === 0) assert.ok(!stages.some(({ stage }) => stage === 'SORT'));
        const { totalDocsExamined } = plan['executionStats'] as { totalDocsExamined: number };
        assert.ok(
          totalDocsExamined <= (Object.keys(filter).length === 0 ? 6 : 70),
          `${JSON.stringify(filter)} ${sort}`,
        );
      }
    }
  }
});

test('a page far behind begins where the last one ended', async () => {
  let cursor: string | undefined;
  for (let n = 0; n < 15; n += 1)
    cursor = (await app.library.query.page(ann.id, { filter: {}, limit: 5, cursor })).nextCursor ?? undefined;
  const [plan] = await explained(async () => app.library.query.page(ann.id, { filter: {}, limit: 5, cursor }));
  const { totalDocsExamined } = plan?.['executionStats'] as { totalDocsExamined: number };
  assert.ok(totalDocsExamined <= 8, String(totalDocsExamined));
});
