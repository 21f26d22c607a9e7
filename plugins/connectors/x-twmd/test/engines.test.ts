import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { FailureCode } from '@mediafetcher/sdk';
import { PluginError } from '@mediafetcher/sdk';
import { createPostLink, createScriptedContext } from '@mediafetcher/sdk/testing';
import connector from '../src/index.ts';

const LINK = createPostLink('x:1700000000000000002', 'https://x.com/i/status/1700000000000000002');
const galleryDl = { info: { count: 2, extension: 'jpg' }, files: ['/1.jpg', '/2.mp4'] };
const ytDlp = { infos: [{ id: '9001', ext: 'mp4' }], files: ['/v.mp4'] };
const twmd = ['https://pbs.twimg.com/media/P1?format=jpg&name=large'];
const saved: string[] = [];
const http = {
  download: async (url: string, path: string) => {
    saved.push(`${url} ${path}`);
    return { size: 1 };
  },
};
const fails = (code: FailureCode) => new PluginError(code, 'No.');

async function enginesOf(context: Parameters<typeof connector.probe>[0]): Promise<string> {
  const items = await connector.fetch(context, await connector.probe(context));
  return items.map(({ kind, engine }) => `${kind} ${engine}`).join(', ');
}

it('gallery-dl is asked first', async () => {
  const context = createScriptedContext(LINK, { galleryDl, ytDlp, twmd });
  assert.equal(await enginesOf(context), 'image gallery-dl, video gallery-dl');
});

it('twmd is next for a signed-out person, and our own client loads what it names', async () => {
  const context = createScriptedContext(LINK, { galleryDl: fails('MF_ERR_LOGIN_REQUIRED'), ytDlp, twmd, http });
  assert.equal(await enginesOf(context), 'image twmd');
  assert.deepEqual(saved, ['https://pbs.twimg.com/media/P1.jpg?name=orig /staging/twmd-P1.jpg']);
});

it('twmd is last for a signed-in person', async () => {
  const script = { galleryDl: fails('MF_ERR_TOOL_OUTDATED'), ytDlp, twmd, http };
  assert.equal(await enginesOf(createScriptedContext(LINK, script, { cookiesFile: '/c.txt' })), 'video yt-dlp');
});

it('a machine without twmd does without it', async () => {
  const context = createScriptedContext(LINK, { galleryDl: fails('MF_ERR_TOOL_OUTDATED'), ytDlp });
  assert.equal(await enginesOf(context), 'video yt-dlp');
});

it('a post that gallery-dl knows to be gone is not asked for again', async () => {
  const context = createScriptedContext(LINK, { galleryDl: fails('MF_ERR_NOT_FOUND'), ytDlp, twmd });
  await assert.rejects(enginesOf(context), { code: 'MF_ERR_NOT_FOUND' });
  assert.equal(context.calls.filter((call) => !('cancelled' in call)).length, 1);
});
