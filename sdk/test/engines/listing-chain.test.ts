import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listByChain, PluginError } from '../../src/index.ts';
import type { FailureCode, ListedPost, Lister } from '../../src/index.ts';
import { createScriptedContext } from '../../src/testing/index.ts';

const link = {
  connector: 'pics',
  platform: 'pics',
  kind: 'profile',
  certain: true,
  url: 'https://pics.example/a',
} as const;
const context = createScriptedContext(link, {});

/** Lists so many posts and then fails, or ends. */
function lister(name: string, count: number, code?: FailureCode, alsoAfter?: readonly FailureCode[]): Lister {
  return {
    name,
    ...(alsoAfter && { alsoAfter }),
    async *list() {
      for (let place = 0; place < count; place += 1) yield { url: `https://pics.example/${name}${place}` };
      if (code !== undefined) throw new PluginError(code, `${name} failed.`);
    },
  };
}

async function read(listers: readonly Lister[], limit = 10): Promise<{ urls: string[]; code?: string }> {
  const posts: ListedPost[] = [];
  const urls = (): string[] => posts.map(({ url }) => url.slice('https://pics.example/'.length));
  try {
    for await (const post of listByChain(listers, context, { limit })) posts.push(post);
    return { urls: urls() };
  } catch (error) {
    return { urls: urls(), code: (error as PluginError).code };
  }
}

for (const [fact, listers, expected] of [
  ['the first lister that can reads the list', [lister('a', 2), lister('b', 2)], { urls: ['a0', 'a1'] }],
  [
    'another one is asked when the first cannot say anything of the list',
    [lister('a', 0, 'MF_ERR_TOOL_OUTDATED'), lister('b', 1)],
    { urls: ['b0'] },
  ],
  [
    'what a platform refuses is not asked for twice',
    [lister('a', 0, 'MF_ERR_RATE_LIMITED'), lister('b', 1)],
    { urls: [], code: 'MF_ERR_RATE_LIMITED' },
  ],
  [
    'unless a lister is said to know a way round',
    [lister('a', 0, 'MF_ERR_LOGIN_REQUIRED'), lister('b', 1, undefined, ['MF_ERR_LOGIN_REQUIRED'])],
    { urls: ['b0'] },
  ],
  [
    'after a first post there is no other lister',
    [lister('a', 1, 'MF_ERR_TOOL_OUTDATED'), lister('b', 1)],
    { urls: ['a0'], code: 'MF_ERR_TOOL_OUTDATED' },
  ],
  ['a connector without listers says so', [], { urls: [], code: 'MF_ERR_PLUGIN' }],
  [
    'the most telling failure is reported',
    [lister('a', 0, 'MF_ERR_TOOL_MISSING'), lister('b', 0, 'MF_ERR_TOOL_OUTDATED')],
    { urls: [], code: 'MF_ERR_TOOL_OUTDATED' },
  ],
] as const) {
  test(fact, async () => assert.deepEqual(await read(listers), expected));
}

test('no more is read than is wanted', async () => {
  assert.deepEqual(await read([lister('a', 5, 'MF_ERR_INTERNAL')], 3), { urls: ['a0', 'a1', 'a2'] });
});

test('where the platform is asked once only, the first lister is the only one', async () => {
  const probing = createScriptedContext(link, {}, { firstChoiceOnly: true });
  const listed = listByChain([lister('a', 0, 'MF_ERR_TOOL_OUTDATED'), lister('b', 1)], probing, { limit: 10 });
  await assert.rejects(listed.next(), { code: 'MF_ERR_TOOL_OUTDATED', untried: true });
});
