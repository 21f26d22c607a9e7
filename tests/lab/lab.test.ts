import assert from 'node:assert/strict';
import { once } from 'node:events';
import http from 'node:http';
import { after, before, beforeEach, describe, it } from 'node:test';
import { createLab } from './index.ts';
import type { Lab, LabRequest } from './index.ts';
import { ask } from './test-tools.ts';

describe('the platform lab', () => {
  let lab: Lab;
  const shouted: LabRequest[] = [];
  before(async () => {
    lab = await createLab({ onUnmatched: (request) => shouted.push(request) });
  });
  beforeEach(() => lab.reset());
  after(() => lab.close());

  it('has posts of every platform and every kind', () => {
    const kinds = (platform: string): string[] =>
      [
        ...new Set(
          lab.posts
            .filter((post) => post.platform === platform && post.outcome === 'completed')
            .map((post) => post.kind),
        ),
      ].sort();
    assert.deepEqual(kinds('instagram'), ['carousel', 'image', 'video']);
    assert.deepEqual(kinds('tiktok'), ['audio', 'slideshow', 'video']);
    assert.deepEqual(kinds('reddit'), ['gallery', 'image', 'video']);
    assert.deepEqual(kinds('x'), ['carousel', 'gallery', 'video']);
    assert.deepEqual(kinds('youtube'), ['video']);
  });

  it('names each post once', () => {
    assert.equal(new Set(lab.posts.map((post) => post.name)).size, lab.posts.length);
    assert.equal(new Set(lab.posts.map((post) => post.key)).size, lab.posts.length);
  });

  it('answers every share link with a redirect to its post', async () => {
    for (const post of lab.posts)
      for (const link of post.shareLinks) {
        const { status, location } = await ask(lab, link);
        assert.ok(status === 301 || status === 302, link);
        assert.ok(location?.startsWith(post.url.replace(/\/$/, '')), `${link} → ${location}`);
      }
    assert.deepEqual(lab.unmatched(), []);
  });

  it('shouts about a request that no platform knows', async () => {
    const { status } = await ask(lab, 'https://www.tiktok.com/api/never/heard/of');
    assert.equal(status, 404);
    assert.match(lab.unmatched()[0]?.url ?? '', /never\/heard\/of/);
    assert.match(shouted.at(-1)?.url ?? '', /never\/heard\/of/);
  });

  it('lets nothing out: a host of no platform is unknown too', async () => {
    assert.equal((await ask(lab, 'https://example.com/')).status, 404);
    assert.equal(lab.unmatched().length, 1);
  });

  it('forgets log and faults on reset', async () => {
    lab.set('youtube-short', 'page-500');
    const watch = 'https://www.youtube.com/watch?v=LabShort001';
    assert.equal((await ask(lab, watch)).status, 500);
    lab.reset();
    assert.equal((await ask(lab, watch)).status, 200);
    assert.equal(lab.requests().length, 1);
  });

  it('has two posts of different platforms with the same bytes', () => {
    const [one, other] = lab.twins;
    assert.notEqual(one.platform, other.platform);
    assert.deepEqual(
      one.items.map((item) => item.sourceSha256),
      other.items.map((item) => item.sourceSha256),
    );
  });

  it('answers 303 for /shorts/ of an ordinary video', async () => {
    assert.equal((await ask(lab, 'https://www.youtube.com/shorts/LabShort001')).status, 200);
    assert.equal((await ask(lab, 'https://www.youtube.com/shorts/LabWatch001')).status, 303);
  });

  it('serves the bytes that a Range asks for', async () => {
    const cover = `https://i.redd.it/1lab003i0lab.jpg`;
    const { status, body } = await ask(lab, cover, { range: 'bytes=0-9' });
    assert.deepEqual([status, body.length > 0], [206, true]);
    assert.equal((await ask(lab, cover, { range: 'bytes=99999999-' })).status, 416);
  });

  it('closes while a client hangs on an answer that never comes', async () => {
    const own = await createLab();
    const { hostname, port } = new URL(own.proxyUrl);
    const request = http.get({ hostname, port, path: own.post('tiktok-page-hang').url.replace('https:', 'http:') });
    const failed = once(request, 'error');
    while (own.requests().length === 0) await new Promise((resolve) => setImmediate(resolve));
    await own.close();
    await failed;
    assert.equal(own.requests()[0]?.status, 0);
  });
});
