import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { FailureCode } from '@mediafetcher/sdk';
import { PluginError } from '@mediafetcher/sdk';
import { createPostLink, createScriptedContext } from '@mediafetcher/sdk/testing';
import connector from '../src/index.ts';

const REEL = createPostLink('instagram:CLabReel001', 'https://www.instagram.com/reel/CLabReel001/');
const POST = createPostLink('instagram:CLabCaro001', 'https://www.instagram.com/p/CLabCaro001/');
const ytDlp = { infos: [{ id: 'a', ext: 'mp4' }], files: ['/r.mp4'] };
const galleryDl = { info: { extension: 'jpg', count: 2 }, files: ['/1.jpg', '/2.mp4'] };

async function enginesOf(context: Parameters<typeof connector.probe>[0]): Promise<string> {
  const items = await connector.fetch(context, await connector.probe(context));
  return items.map(({ kind, engine }) => `${kind} ${engine}`).join(', ');
}

it('a reel goes to yt-dlp first', async () => {
  assert.equal(await enginesOf(createScriptedContext(REEL, { ytDlp, galleryDl })), 'video yt-dlp');
});

it('a post goes to gallery-dl first, which brings all items in order', async () => {
  const engines = await enginesOf(createScriptedContext(POST, { ytDlp, galleryDl }));
  assert.equal(engines, 'image gallery-dl, video gallery-dl');
});

const CASES: readonly (readonly [code: FailureCode, cookies: boolean, outcome: string])[] = [
  ['MF_ERR_LOGIN_REQUIRED', false, 'video yt-dlp'],
  ['MF_ERR_LOGIN_REQUIRED', true, 'MF_ERR_LOGIN_REQUIRED'],
  ['MF_ERR_NOT_FOUND', true, 'video yt-dlp'],
  ['MF_ERR_RATE_LIMITED', false, 'MF_ERR_RATE_LIMITED'],
  ['MF_ERR_CHALLENGE', false, 'MF_ERR_CHALLENGE'],
];
for (const [code, cookies, outcome] of CASES) {
  it(`${code} of gallery-dl ${cookies ? 'with' : 'without'} cookies ends as ${outcome}`, async () => {
    const script = { ytDlp, galleryDl: new PluginError(code, 'No.') };
    const context = createScriptedContext(POST, script, cookies ? { cookiesFile: '/c.txt' } : {});
    const ended = await enginesOf(context).catch((error: unknown) => (error instanceof PluginError ? error.code : ''));
    assert.equal(ended, outcome);
  });
}
