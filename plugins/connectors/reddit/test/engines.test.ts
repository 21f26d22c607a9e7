import assert from 'node:assert/strict';
import { it } from 'node:test';
import { PluginError } from '@mediafetcher/sdk';
import { createPostLink, createScriptedContext } from '@mediafetcher/sdk/testing';
import connector from '../src/index.ts';

const LINK = createPostLink('reddit:galle1', 'https://www.reddit.com/comments/galle1/');
const ytDlp = { infos: [{ id: 'vid001', vcodec: 'avc1' }], files: ['/v.mp4'] };
const galleryDl = { info: {}, files: ['/1.jpg', '/2.png'] };
const noVideo = new PluginError('MF_ERR_UNSUPPORTED', 'Unsupported URL');

async function enginesOf(context: Parameters<typeof connector.probe>[0]): Promise<string> {
  const items = await connector.fetch(context, await connector.probe(context));
  return items.map(({ kind, engine }) => `${kind} ${engine}`).join(', ');
}

it('yt-dlp is asked first without cookies, gallery-dl with them', async () => {
  assert.equal(await enginesOf(createScriptedContext(LINK, { ytDlp, galleryDl })), 'video yt-dlp');
  const signedIn = createScriptedContext(LINK, { ytDlp, galleryDl }, { cookiesFile: '/c.txt' });
  assert.equal(await enginesOf(signedIn), 'image gallery-dl, image gallery-dl');
});

it('pictures go to gallery-dl when yt-dlp finds no video', async () => {
  const context = createScriptedContext(LINK, { ytDlp: noVideo, galleryDl });
  assert.equal(await enginesOf(context), 'image gallery-dl, image gallery-dl');
});

it('a post with neither tells that it has no media', async () => {
  const nothing = new PluginError('MF_ERR_NO_MEDIA', 'Nothing.');
  await assert.rejects(enginesOf(createScriptedContext(LINK, { ytDlp: noVideo, galleryDl: nothing })), {
    code: 'MF_ERR_NO_MEDIA',
  });
});

it('only extractors of Reddit see the address, and links in the post lead nowhere', async () => {
  const context = createScriptedContext(LINK, { ytDlp: noVideo, galleryDl });
  await enginesOf(context);
  const [first, , last] = context.calls;
  assert.ok(first && 'extractors' in first);
  assert.deepEqual(first.extractors, ['reddit']);
  assert.ok(last && 'extra' in last && last.extra.includes('extractor.reddit.whitelist=[]'));
});
