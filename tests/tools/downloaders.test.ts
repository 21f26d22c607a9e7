import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { isPluginError } from '@mediafetcher/sdk';
import type { FailureCode } from '@mediafetcher/sdk';
import type { CreateToolsOptions, ToolProgress } from '../../core/src/tools/index.ts';
import { createLab } from '../lab/index.ts';
import type { Lab, LabPost } from '../lab/index.ts';
import { EXTRACTORS, WAYS, openHosts, openLabTools } from './lab-tools.ts';
import type { LabTools } from './lab-tools.ts';

async function hashOf(path: string): Promise<string> {
  return createHash('sha256')
    .update(await readFile(path))
    .digest('hex');
}

function ytDlp({ tools }: LabTools, post: LabPost) {
  return tools.ytDlp({ url: post.url, extractors: EXTRACTORS[post.platform] });
}

/** Shares that a run told, in order; asserts that they only grow. */
function growing(updates: readonly ToolProgress[]): readonly number[] {
  const shares = updates.flatMap(({ share }) => share ?? []);
  assert.deepEqual(
    shares,
    shares.toSorted((a, b) => a - b),
  );
  return shares;
}

async function codeOf(run: Promise<unknown>): Promise<FailureCode | undefined> {
  try {
    await run;
  } catch (error) {
    if (isPluginError(error)) return error.code;
    throw error;
  }
  return undefined;
}

const partialFiles = async (folder: string): Promise<string[]> =>
  (await readdir(folder)).filter((name) => name.endsWith('.part'));

for (const way of WAYS) {
  // One warm process of a tool runs one job at a time.
  describe(`the downloaders against the platforms’ stand-in, ${way}`, { concurrency: way === 'warm' ? 1 : 2 }, () => {
    let lab: Lab;
    const hosts = openHosts(way);
    const open = (t: TestContext, post: LabPost, options: Partial<CreateToolsOptions> = {}): Promise<LabTools> =>
      openLabTools(t, lab, post, { ...options, ...(hosts && { launch: hosts.launch }) });
    before(async () => void (lab = await createLab()));
    after(async () => {
      hosts?.close();
      await lab.close();
    });

    for (const name of ['tiktok-video', 'instagram-reel', 'x-video', 'reddit-silent', 'youtube-short']) {
      it(`yt-dlp brings ${name} byte for byte`, async (t) => {
        const post = lab.post(name);
        const world = await open(t, post);
        const { files, infos } = await ytDlp(world, post).finished;
        assert.equal(infos.length, 1);
        assert.deepEqual(await Promise.all(files.map(({ path }) => hashOf(path))), [post.items[0]?.sourceSha256]);
        assert.equal(growing(world.updates).at(-1), 1);
      });
    }

    for (const name of ['reddit-video', 'youtube-short-adaptive']) {
      it(`yt-dlp merges picture and sound of ${name}, and never goes back`, async (t) => {
        const post = lab.post(name);
        const world = await open(t, post);
        const { files } = await ytDlp(world, post).finished;
        assert.equal(files.length, 1);
        const probed = await world.tools.probeFile(files[0]?.path ?? '');
        assert.deepEqual(probed.streams.map(({ codec }) => codec).toSorted(), ['aac', 'h264']);
        assert.equal(growing(world.updates).at(-1), 1);
      });
    }

    for (const name of [
      'x-photos',
      'instagram-carousel',
      'reddit-gallery',
      'tiktok-slideshow',
      'x-mixed',
      'reddit-image',
    ]) {
      it(`gallery-dl brings ${name} in the order of the post`, async (t) => {
        const post = lab.post(name);
        const world = await open(t, post);
        const { files } = await world.tools.galleryDl({ url: post.url }).finished;
        const hashes = await Promise.all(files.map(({ path }) => hashOf(path)));
        assert.deepEqual(
          hashes,
          post.items.map(({ sourceSha256 }) => sourceSha256),
        );
        assert.equal(growing(world.updates).at(-1), 1);
        assert.deepEqual((await readdir(world.staging)).length, files.length);
      });
    }

    const failures: readonly string[] = [
      ...['tiktok-gone', 'tiktok-private', 'tiktok-geo', 'tiktok-rate-limit', 'tiktok-media-429', 'reddit-gone'],
      ...['reddit-login', 'x-suspended', 'x-login', 'x-rate-limit', 'x-page-500', 'instagram-gone', 'youtube-bot'],
    ];
    for (const name of failures) {
      it(`${name} ends with a code that says so, by either tool that can read it`, async (t) => {
        const post = lab.post(name);
        const world = await open(t, post);
        const code = await codeOf(ytDlp(world, post).finished);
        assert.ok(code !== undefined && post.accepted.includes(code), `yt-dlp: ${code ?? 'no failure'}`);
        // Instagram shows gallery-dl nothing without cookies, YouTube is not its business.
        if (post.platform === 'youtube' || post.platform === 'instagram') return;
        const other = await codeOf(world.tools.galleryDl({ url: post.url }).finished);
        assert.ok(other !== undefined && post.accepted.includes(other), `gallery-dl: ${other ?? 'no failure'}`);
      });
    }

    it('yt-dlp goes on where an ended attempt stopped', async (t) => {
      const post = await lab.bigVideo('tiktok', { bytesPerSecond: 20_000_000 });
      const world = await open(t, post);
      let stopped = false;
      const first = await open(t, post, {
        stagingDirectory: world.staging,
        signal: world.abort.signal,
        onProgress: ({ share = 0 }) => {
          if (share > 0.3 && !stopped) world.abort.abort(new Error('paused'));
          stopped ||= share > 0.3;
        },
      });
      await assert.rejects(ytDlp(first, post).finished, /paused/);
      const [part = ''] = await partialFiles(world.staging);
      const kept = (await stat(join(world.staging, part))).size;
      assert.ok(kept > 5_000_000);
      const second = await open(t, post, { stagingDirectory: world.staging });
      const { files } = await ytDlp(second, post).finished;
      assert.equal((await stat(files[0]?.path ?? '')).size, post.items[0]?.size);
      assert.deepEqual(await partialFiles(world.staging), []);
      const id = post.key.slice('tiktok:'.length);
      const ranged = lab.requests().filter(({ status, url }) => status === 206 && url.includes(id));
      assert.ok(ranged.length > 0, 'the second attempt asked for the rest only');
    });

    it('a file over the limit is refused by both', async (t) => {
      const post = lab.post('tiktok-video');
      const world = await open(t, post, { maxFileBytes: 20_000 });
      assert.equal(await codeOf(ytDlp(world, post).finished), 'MF_ERR_TOO_LARGE');
      assert.equal(await codeOf(world.tools.galleryDl({ url: post.url }).finished), 'MF_ERR_TOO_LARGE');
    });

    it('a proxy that is not there is a broken connection', async (t) => {
      const post = lab.post('tiktok-video');
      const world = await open(t, post, { proxy: 'http://127.0.0.1:9' });
      assert.equal(await codeOf(ytDlp(world, post).finished), 'MF_ERR_NETWORK');
      assert.equal(await codeOf(world.tools.galleryDl({ url: post.url }).finished), 'MF_ERR_NETWORK');
    });

    it('an authority that nobody told us of is not trusted', async (t) => {
      const post = lab.post('tiktok-video');
      const world = await open(t, post, { extraCaFile: '/dev/null' });
      assert.equal(await codeOf(ytDlp(world, post).finished), 'MF_ERR_NETWORK');
    });

    it('only the extractors of the platform may take an address', async (t) => {
      const post = lab.post('tiktok-video');
      const world = await open(t, post);
      const run = world.tools.ytDlp({ url: `${lab.proxyUrl}/anything.mp4`, extractors: ['TikTok'] });
      assert.equal(await codeOf(run.finished), 'MF_ERR_UNSUPPORTED');
    });
  });
}
