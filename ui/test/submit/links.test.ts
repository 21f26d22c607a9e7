import { assert } from 'chai';
import { judge, toDownload } from '../../src/submit/link-entry.ts';
import { extractLinks, guessPlatform, isOnlyLinks, showLink } from '../../src/submit/links.rules.ts';
import { job, post, verdict } from '../helpers/data.ts';

describe('extractLinks', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['https://vm.tiktok.com/ZGdkX9pQ2/', ['https://vm.tiktok.com/ZGdkX9pQ2/']],
    ['Look at this (https://x.com/a/status/1).', ['https://x.com/a/status/1']],
    ['“https://www.reddit.com/r/a/comments/abc12/”', ['https://www.reddit.com/r/a/comments/abc12/']],
    ['https://en.wikipedia.org/wiki/Cat_(animal)', ['https://en.wikipedia.org/wiki/Cat_(animal)']],
    ['a https://x.com/1 b https://x.com/1 c https://x.com/2', ['https://x.com/1', 'https://x.com/2']],
    ['instagram.com/reel/C1abc', ['instagram.com/reel/C1abc']],
    ['first tiktok.com/@a/video/1 then https://x.com/2', ['tiktok.com/@a/video/1', 'https://x.com/2']],
    ['a file.txt and and/or 3.5/5', []],
    ['javascript:alert(1) data:text/html,x', []],
    ['', []],
  ];
  for (const [text, links] of cases) {
    it(`finds ${links.length} in ${JSON.stringify(text)}`, () => {
      assert.deepEqual(extractLinks(text), links);
    });
  }

  it('finds them all in a long text', () => {
    assert.equal(extractLinks(Array.from({ length: 5000 }, (_, n) => `https://x.com/${n}`).join(' ')).length, 5000);
  });
});

describe('isOnlyLinks', () => {
  for (const [text, only] of [
    ['https://x.com/1', true],
    [' https://x.com/1\nhttps://x.com/2 ', true],
    ['https://x.com/1 cats', false],
    ['cats', false],
    ['', false],
  ] as const) {
    it(`${JSON.stringify(text)} is ${only ? 'saved' : 'searched'}`, () => {
      assert.equal(isOnlyLinks(text), only);
    });
  }
});

describe('guessPlatform', () => {
  for (const [url, platform] of [
    ['https://www.instagram.com/reel/C1/', 'instagram'],
    ['https://vt.tiktok.com/Z/', 'tiktok'],
    ['https://old.reddit.com/r/a', 'reddit'],
    ['https://redd.it/abc', 'reddit'],
    ['https://mobile.twitter.com/a/status/1', 'x'],
    ['https://youtu.be/abc', 'youtube'],
    ['https://instagram.com.evil.test/p/1', undefined],
    ['https://notx.com/a', undefined],
    ['https://tiktok.com@evil.test/', undefined],
    ['nonsense', undefined],
  ] as const) {
    it(`${url} looks like ${platform ?? 'nothing known'}`, () => {
      assert.equal(guessPlatform(url), platform);
    });
  }
});

describe('judge', () => {
  const url = 'https://vm.tiktok.com/Z/';
  it('a post that is there already is not downloaded', () => {
    assert.equal(judge(url, verdict({ existing: post() }), []).state, 'have');
  });
  it('one on its way is not asked for again', () => {
    assert.equal(judge(url, verdict({ download: { id: job().id, status: 'running' } }), []).state, 'coming');
  });
  it('two spellings of one post are downloaded once', () => {
    const first = judge('https://www.tiktok.com/@a/video/7', verdict(), []);
    const second = judge(url, verdict(), [first]);
    assert.equal(second.state, 'twice');
    assert.deepEqual(toDownload([first, second]), [first]);
  });
  it('a refused link does not block others', () => {
    const refused = judge('https://pinterest.com/1', verdict({ supported: false, code: 'MF_ERR_URL_UNSUPPORTED' }), []);
    assert.equal(refused.state, 'refused');
    assert.equal(toDownload([refused, judge(url, verdict(), [refused])]).length, 1);
  });
});

it('a link is shown without scheme and www', () => {
  assert.equal(showLink('https://www.x.com/a/'), 'x.com/a');
});
