import assert from 'node:assert/strict';
import { it } from 'node:test';
import { PluginError } from '@mediafetcher/sdk';
import type { ToolScript } from '@mediafetcher/sdk/testing';
import { createPostLink, createScriptedContext, readFixture } from '@mediafetcher/sdk/testing';
import connector from '../src/index.ts';

const fixture = (name: string) => readFixture(new URL(`fixtures/${name}.json`, import.meta.url));
const ID = '7300000000000000002';
const VIDEO = createPostLink(`tiktok:${ID}`, `https://www.tiktok.com/@labtok/video/${ID}`);
const PHOTO = createPostLink(`tiktok:${ID}`, `https://www.tiktok.com/@labtok/photo/${ID}`);
const SLIDES: ToolScript = {
  ytDlp: { infos: [await fixture('yt-dlp-slideshow')], files: ['/s.mp3'] },
  galleryDl: { info: await fixture('gallery-dl-slideshow'), files: ['/s.mp3', '/1.jpg', '/2.jpg'] },
};

async function run(context: Parameters<typeof connector.probe>[0]): Promise<readonly string[]> {
  const items = await connector.fetch(context, await connector.probe(context));
  return items.map(({ index, kind, path, engine }) => `${String(index)} ${kind} ${path} ${engine}`);
}

it('a slideshow behind a /video/ address is stopped in yt-dlp and brought by gallery-dl', async () => {
  const context = createScriptedContext(VIDEO, SLIDES);
  assert.deepEqual(await run(context), [
    '0 image /1.jpg gallery-dl',
    '1 image /2.jpg gallery-dl',
    '2 audio /s.mp3 gallery-dl',
  ]);
  assert.deepEqual(context.calls[1], { cancelled: 'yt-dlp' });
});

it('a /photo/ address goes to gallery-dl at once', async () => {
  const context = createScriptedContext(PHOTO, SLIDES);
  assert.equal((await run(context)).length, 3);
  assert.equal(context.calls.length, 1);
});

it('a video stays with yt-dlp', async () => {
  const script = { ...SLIDES, ytDlp: { infos: [await fixture('yt-dlp-video')], files: ['/v.mp4'] } };
  assert.deepEqual(await run(createScriptedContext(VIDEO, script)), ['0 video /v.mp4 yt-dlp']);
});

it('the sound alone of a slideshow is what yt-dlp brings', async () => {
  const context = createScriptedContext(VIDEO, SLIDES, { options: { audioOnly: true } });
  assert.deepEqual(await run(context), ['0 audio /s.mp3 yt-dlp']);
});

it('a slideshow without its sound does not even load it', async () => {
  const context = createScriptedContext(PHOTO, SLIDES, { options: { withSound: false } });
  assert.deepEqual(await run(context), ['0 image /1.jpg gallery-dl', '1 image /2.jpg gallery-dl']);
  const [call] = context.calls;
  assert.ok(call && 'extra' in call && call.extra.includes('extractor.tiktok.audio=false'));
});

it('a login wall of yt-dlp without cookies is not the last word, with cookies it is', async () => {
  const script = { ...SLIDES, ytDlp: new PluginError('MF_ERR_LOGIN_REQUIRED', 'Log in.') };
  assert.equal((await run(createScriptedContext(VIDEO, script))).length, 3);
  const signedIn = createScriptedContext(VIDEO, script, { cookiesFile: '/c.txt' });
  await assert.rejects(run(signedIn), { code: 'MF_ERR_LOGIN_REQUIRED' });
});

it('a post of sound alone is taken once gallery-dl has found no pictures in it', async () => {
  const nothing = { ...SLIDES, galleryDl: new PluginError('MF_ERR_NO_MEDIA', 'Nothing.') };
  assert.deepEqual(await run(createScriptedContext(VIDEO, nothing)), ['0 audio /s.mp3 yt-dlp']);
  const photo = createScriptedContext(PHOTO, nothing);
  assert.deepEqual(await run(photo), ['0 audio /s.mp3 yt-dlp']);
  assert.ok(photo.calls.some((call) => 'url' in call && call.url === VIDEO.url));
});

it('a slideshow that gallery-dl cannot read is not cut down to its sound', async () => {
  const outdated = { ...SLIDES, galleryDl: new PluginError('MF_ERR_TOOL_OUTDATED', 'Old.') };
  await assert.rejects(run(createScriptedContext(VIDEO, outdated)), { code: 'MF_ERR_TOOL_OUTDATED' });
});
