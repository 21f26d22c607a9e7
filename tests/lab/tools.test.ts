import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { promisify } from 'node:util';
import { createLab } from './index.ts';
import type { Lab, LabPost } from './index.ts';
import { hashesOf, runTool } from './test-tools.ts';
import type { RunOptions } from './test-tools.ts';

// Only these answers never come; all others may take their time on a busy machine.
const impatient = (name: string): RunOptions =>
  /-(hang|stall)$/.test(name) ? { argv: ['--socket-timeout', '1'] } : {};

const hashes = (post: LabPost): string[] => post.items.map((item) => item.sourceSha256);

describe('the real tools against the lab', { concurrency: 2 }, () => {
  let lab: Lab;
  before(async () => {
    lab = await createLab();
  });
  after(async () => {
    const unknown = lab.unmatched().map(({ method, url }) => `${method} ${url}`);
    await lab.close();
    assert.deepEqual(unknown, []);
  });

  for (const name of [
    'tiktok-video',
    'tiktok-hevc',
    'tiktok-rotated',
    'tiktok-sound',
    'instagram-reel',
    'instagram-mov',
    'reddit-silent',
    'x-video',
    'x-gif',
    'youtube-short',
    'youtube-short-odd',
  ])
    it(`yt-dlp brings the bytes of ${name}`, async (t) => {
      const post = lab.post(name);
      const { directory, stderr } = await runTool(t, lab, 'yt-dlp', post.url);
      assert.deepEqual(await hashesOf(directory), hashes(post), stderr);
    });

  for (const name of ['reddit-video', 'youtube-short-adaptive'])
    it(`yt-dlp merges picture and sound of ${name}`, async (t) => {
      const { directory, stderr } = await runTool(t, lab, 'yt-dlp', lab.post(name).url);
      const [file = ''] = await readdir(directory);
      const { stdout } = await promisify(execFile)('ffprobe', [
        '-v',
        'error',
        '-show_entries',
        'stream=codec_name',
        '-of',
        'csv=p=0',
        join(directory, file),
      ]);
      assert.deepEqual(stdout.trim().split('\n'), ['h264', 'aac'], stderr);
    });

  for (const name of ['reddit-gallery', 'reddit-image', 'x-photos', 'x-mixed', 'instagram-carousel', 'instagram-image'])
    it(`gallery-dl brings the files of ${name} in order`, async (t) => {
      const post = lab.post(name);
      const { directory, stderr } = await runTool(
        t,
        lab,
        'gallery-dl',
        post.url,
        post.needsCookies ? { cookies: { platform: post.platform } } : {},
      );
      assert.deepEqual(await hashesOf(directory), hashes(post), stderr);
    });

  it('gallery-dl brings the images and the sound of a slideshow', async (t) => {
    const post = lab.post('tiktok-slideshow');
    const { directory, stderr } = await runTool(t, lab, 'gallery-dl', post.url);
    assert.deepEqual((await hashesOf(directory)).sort(), hashes(post).sort(), stderr);
  });

  it('gallery-dl gets a post of X with an account', async (t) => {
    const post = lab.post('x-mixed');
    const { directory, stderr } = await runTool(t, lab, 'gallery-dl', post.url, { cookies: { platform: 'x' } });
    assert.deepEqual(await hashesOf(directory), hashes(post), stderr);
  });

  it('yt-dlp tells a Short from an ordinary video', async (t) => {
    const type = async (name: string): Promise<string> =>
      (await runTool(t, lab, 'yt-dlp', lab.post(name).url, { argv: ['--print', '%(media_type)s'] })).stdout.trim();
    assert.deepEqual([await type('youtube-short'), await type('youtube-watch')], ['short', 'video']);
  });

  for (const platform of ['instagram', 'tiktok', 'reddit', 'x', 'youtube'] as const)
    it(`two endless posts of ${platform} have bytes of their own`, async (t) => {
      const [first, second] = lab.endless(platform, 2);
      assert.ok(first && second);
      const { directory, stderr } = await runTool(t, lab, 'yt-dlp', first.url);
      assert.deepEqual(await hashesOf(directory), hashes(first), stderr);
      assert.notDeepEqual(hashes(first), hashes(second));
    });

  it('a killed download goes on where it stopped', async (t) => {
    const [post] = lab.endless('tiktok', 1, { bytesPerSecond: 30_000 });
    assert.ok(post);
    const { directory } = await runTool(t, lab, 'yt-dlp', post.url, { killAt: /\[download\] +[2-9]\d\.\d%/ });
    assert.match((await readdir(directory)).join(), /\.part$/);
    await runTool(t, lab, 'yt-dlp', post.url, { directory });
    assert.deepEqual(await hashesOf(directory), hashes(post));
    assert.ok(lab.requests().some(({ url, status }) => status === 206 && url.includes(post.key.slice(7))));
  });

  const failures: readonly [name: string, tool: 'yt-dlp' | 'gallery-dl', words: RegExp][] = [
    ['tiktok-gone', 'yt-dlp', /Your IP address is blocked/],
    ['tiktok-private', 'gallery-dl', /unknown error code 10216/],
    ['tiktok-login', 'yt-dlp', /requiring login/],
    ['tiktok-geo', 'gallery-dl', /Region locked/],
    ['tiktok-rate-limit', 'yt-dlp', /HTTP Error 429/],
    ['tiktok-challenge', 'yt-dlp', /Unable to extract challenge data/],
    ['tiktok-media-403', 'yt-dlp', /HTTP Error 403/],
    ['tiktok-media-cut', 'yt-dlp', /bytes read, \d+ more expected/],
    ['tiktok-media-hang', 'yt-dlp', /timed out/],
    ['tiktok-media-stall', 'yt-dlp', /timed out/],
    ['instagram-login', 'yt-dlp', /redirected to the login page/],
    ['instagram-gone', 'yt-dlp', /HTTP Error 404/],
    ['instagram-image', 'gallery-dl', /HTTP redirect to login page/],
    ['reddit-gone', 'gallery-dl', /NotFoundError/],
    ['reddit-private', 'yt-dlp', /Private subreddit/],
    ['reddit-login', 'gallery-dl', /blocked by network security/],
    ['x-gone', 'gallery-dl', /'Unavailable'/],
    ['x-suspended', 'gallery-dl', /Suspended/],
    ['x-private', 'yt-dlp', /protected tweet/],
    ['x-login', 'gallery-dl', /AuthRequired: NSFW/],
    ['x-rate-limit', 'gallery-dl', /Rate limit exceeded/],
    ['youtube-gone', 'yt-dlp', /Video unavailable/],
    ['youtube-bot', 'yt-dlp', /confirm you’re not a bot/],
    ['youtube-geo', 'yt-dlp', /in your country/],
    ['youtube-age', 'yt-dlp', /confirm your age/],
  ];
  for (const [name, tool, words] of failures)
    it(`${tool} says of ${name} what it says of the real site`, async (t) => {
      const { stdout, stderr } = await runTool(t, lab, tool, lab.post(name).url, impatient(name));
      assert.match(stdout + stderr, words);
    });

  it('stale cookies of Instagram look as they do there', async (t) => {
    const { stderr } = await runTool(t, lab, 'yt-dlp', lab.post('instagram-reel').url, {
      cookies: { platform: 'instagram', state: 'stale' },
    });
    assert.match(stderr, /Failed to parse JSON/);
  });

  it('a fault can be set for one tool and for one time', async (t) => {
    const post = lab.post('x-ten-bit');
    lab.set(post.name, 'media-404', { tool: 'yt-dlp', times: 1 });
    const failed = await runTool(t, lab, 'yt-dlp', post.url);
    const passed = await runTool(t, lab, 'yt-dlp', post.url);
    assert.match(failed.stderr, /HTTP Error 404/);
    assert.deepEqual(await hashesOf(passed.directory), hashes(post));
  });
});
