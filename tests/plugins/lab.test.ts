import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { after, before, describe, it } from 'node:test';
import type { FetchedItem } from '@mediafetcher/sdk';
import { matchLink } from '@mediafetcher/sdk';
import { createLab } from '../lab/index.ts';
import type { Lab, LabItem } from '../lab/index.ts';
import { bringPost, processItem } from './lab-world.ts';
import { readConnectors } from './manifests.ts';

const hashFile = async (path: string): Promise<string> =>
  createHash('sha256')
    .update(await readFile(path))
    .digest('hex');

const COMPLETED = [
  ...['instagram-reel', 'instagram-carousel', 'instagram-image', 'instagram-mov'],
  ...['tiktok-video', 'tiktok-slideshow', 'tiktok-hevc', 'tiktok-rotated', 'tiktok-sound'],
  ...['reddit-video', 'reddit-gallery', 'reddit-image', 'reddit-silent'],
  ...['x-photos', 'x-video', 'x-mixed', 'x-gif', 'x-ten-bit'],
  ...['youtube-short', 'youtube-short-adaptive', 'youtube-short-vp9', 'youtube-short-odd'],
];
const FAILED = [
  ...['instagram-gone', 'tiktok-private', 'tiktok-geo', 'reddit-text', 'x-text', 'x-gone', 'x-login'],
  ...['youtube-watch', 'youtube-members'],
];

describe('connectors and processors with the real tools', { concurrency: 2 }, () => {
  let lab: Lab;
  before(async () => void (lab = await createLab()));
  after(async () => lab.close());

  it('each address of the lab leads to its post', async () => {
    const connectors = await readConnectors();
    for (const post of lab.posts) {
      for (const url of [post.url, ...post.spellings]) {
        const result = matchLink(url, connectors);
        assert.ok(result.ok && result.match.key === post.key, `${url} is ${post.key}`);
      }
      for (const url of post.shareLinks) {
        const result = matchLink(url, connectors);
        assert.ok(result.ok && result.match.kind === 'share', `${url} is a share link`);
      }
    }
  });

  for (const name of COMPLETED) {
    it(`${name} comes whole, in order, and plays`, async () => {
      const post = lab.post(name);
      await using brought = await bringPost(lab, post);
      assert.equal(`${post.platform}:${brought.probe.post.postId}`, post.key);
      assert.equal(brought.items.length, post.items.length);
      for (const [index, item] of brought.items.entries()) {
        const source = post.items[index];
        assert.ok(source);
        await checkItem(item, source, await processItem(brought.context, item), (path) =>
          brought.context.tools.probeFile(path),
        );
      }
    });
  }

  for (const name of FAILED) {
    it(`${name} fails with its code`, async () => {
      const post = lab.post(name);
      const code = await bringPost(lab, post).then(
        () => 'none',
        (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
      );
      assert.ok(
        post.accepted.some((one) => one === code),
        `${String(code)} is one of ${post.accepted.join(', ')}`,
      );
    });
  }

  it('the sound alone of a video is an MP3', async () => {
    await using brought = await bringPost(lab, lab.post('tiktok-video'), { options: { audioOnly: true } });
    const [item] = brought.items;
    assert.ok(item);
    const sound = await processItem(brought.context, item);
    assert.equal(sound.kind, 'audio');
    assert.equal((await brought.context.tools.probeFile(sound.path)).format, 'mp3');
  });

  it('the sound alone of a Short is fetched without its picture', async () => {
    await using brought = await bringPost(lab, lab.post('youtube-short-adaptive'), { options: { audioOnly: true } });
    assert.deepEqual(
      brought.items.map(({ kind }) => kind),
      ['audio'],
    );
  });

  it('a slideshow can come without its sound', async () => {
    await using brought = await bringPost(lab, lab.post('tiktok-slideshow'), { options: { withSound: false } });
    assert.ok(brought.items.every(({ kind }) => kind === 'image'));
  });

  it('a slideshow behind a /video/ address is the same post', async () => {
    const post = lab.post('tiktok-slideshow');
    await using brought = await bringPost(lab, post, { url: post.url.replace('/photo/', '/video/') });
    assert.equal(brought.items.length, post.items.length);
  });

  it('no request was one that the platforms do not know', () => {
    assert.deepEqual(
      lab.unmatched().map(({ url }) => url),
      [],
    );
  });
});

type ProbeFile = (
  path: string,
) => Promise<{ readonly moovFirst?: boolean; readonly width?: number; readonly duration: number }>;

/** What came is what the platform served; what it became keeps its bytes, or plays where it did not. */
async function checkItem(item: FetchedItem, source: LabItem, result: FetchedItem, probe: ProbeFile): Promise<void> {
  assert.equal(item.kind, source.kind);
  const merged = source.separateSound !== undefined;
  if (!merged) assert.equal(await hashFile(item.path), source.sourceSha256);
  const facts = await probe(result.path);
  if (source.playable === 'as-is' && !merged) assert.equal(await hashFile(result.path), source.sourceSha256);
  if (source.kind !== 'video') return;
  assert.equal(facts.moovFirst, true);
  // An odd side loses a row.
  assert.ok(Math.abs((facts.width ?? 0) - source.width) <= 1);
  assert.ok(Math.abs(facts.duration - (source.duration ?? 0)) <= 1);
}
