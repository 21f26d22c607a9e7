import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { PostProbe } from '@mediafetcher/sdk';
import { readFetchedItems } from '../../../src/runner/stages/fetched-items.ts';
import { readPostFacts } from '../../../src/runner/stages/post-facts.ts';

const item = { index: 0, kind: 'video', path: '/staging/a.mp4', engine: 'yt-dlp' };

describe('the files that a plugin names', () => {
  it('come in the order of the post', () => {
    const items = readFetchedItems([
      { ...item, index: 2 },
      { ...item, index: 0 },
      { ...item, index: 1 },
    ]);
    assert.deepEqual(
      items.map(({ index }) => index),
      [0, 1, 2],
    );
  });

  const refused: [what: string, returned: unknown, code: string][] = [
    ['nothing', undefined, 'MF_ERR_PLUGIN'],
    ['no file', [], 'MF_ERR_NO_MEDIA'],
    ['two files in one place', [item, item], 'MF_ERR_PLUGIN'],
    ['a place between two', [{ ...item, index: 0.5 }], 'MF_ERR_PLUGIN'],
    ['a place before the first', [{ ...item, index: -1 }], 'MF_ERR_PLUGIN'],
    ['an unknown kind', [{ ...item, kind: 'poem' }], 'MF_ERR_PLUGIN'],
    ['no path', [{ ...item, path: '' }], 'MF_ERR_PLUGIN'],
    ['a file that is none', [null], 'MF_ERR_PLUGIN'],
    ['more than a thousand', Array.from({ length: 1001 }, (_, index) => ({ ...item, index })), 'MF_ERR_PLUGIN'],
  ];
  for (const [what, returned, code] of refused) {
    it(`are not ${what}`, () => assert.throws(() => readFetchedItems(returned), { code }));
  }
});

describe('the facts of a post', () => {
  // A plugin may return anything.
  const read = (post: unknown): unknown => readPostFacts({ post, items: [] } as unknown as PostProbe);

  it('are cut to what travels', () => {
    const facts = readPostFacts({
      post: {
        postId: '1',
        title: 't'.repeat(9_999),
        caption: 'c'.repeat(99_999),
        hashtags: Array<string>(999).fill('h'),
      },
      items: [],
    });
    assert.equal(facts.title?.length, 2_000);
    assert.equal(facts.caption?.length, 50_000);
    assert.equal(facts.hashtags?.length, 200);
  });
  it('leave out what is no text', () => {
    assert.deepEqual(read({ postId: '1', title: 7, author: { name: 'x' }, hashtags: ['a', 1] }), {
      postId: '1',
      hashtags: ['a'],
    });
  });
  const nameless: [what: string, post: unknown][] = [
    ['nothing', undefined],
    ['null', null],
    ['no id', {}],
    ['a number', { postId: 7 }],
    ['an empty id', { postId: '' }],
  ];
  for (const [what, post] of nameless) {
    it(`are refused with ${what}`, () => assert.throws(() => read(post), { code: 'MF_ERR_PLUGIN' }));
  }
});
