import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { HttpResponse } from '@mediafetcher/sdk';
import { createPostLink, createScriptedContext, readFixture } from '@mediafetcher/sdk/testing';
import connector from '../src/index.ts';
import { readYtDlpPost } from '../src/read-yt-dlp.ts';

const SHORT = await readFixture(new URL('fixtures/yt-dlp-short.json', import.meta.url));
const CERTAIN = createPostLink('youtube:LabShort001', 'https://www.youtube.com/shorts/LabShort001');
const MAYBE = createPostLink('youtube:LabShort001', 'https://www.youtube.com/watch?v=LabShort001', false);

it('a Short as yt-dlp tells it, though its channel has no handle', () => {
  const id = 'UClabAAAAAAAAAAAAAAAAAAA';
  assert.deepEqual(readYtDlpPost(SHORT, { link: CERTAIN }), {
    postId: 'LabShort001',
    author: { id, handle: id, url: `https://www.youtube.com/channel/${id}` },
    title: 'Lab short LabShort001',
    caption: 'desc',
    postedAt: '2023-11-15T00:00:00.000Z',
    nsfw: false,
  });
});

it('a handle is written without its sign', () => {
  const { author } = readYtDlpPost({ uploader_id: '@labs', channel: 'Labs' }, { link: CERTAIN });
  assert.deepEqual(author, { handle: 'labs', name: 'Labs' });
});

it('a Short comes from a watch address too', async () => {
  const context = createScriptedContext(MAYBE, { ytDlp: { infos: [SHORT], files: ['/s.mp4'] } });
  const items = await connector.fetch(context, await connector.probe(context));
  assert.deepEqual(items, [{ index: 0, kind: 'video', path: '/s.mp4', engine: 'yt-dlp' }]);
});

for (const [type, message] of [
  ['video', /“Lab short LabShort001” is a video, not a Short/],
  ['livestream', /is a live stream, not a Short/],
] as const) {
  it(`a ${type} is stopped at once and refused with its title`, async () => {
    const ytDlp = { infos: [{ ...SHORT, media_type: type }], files: ['/v.mp4'] };
    const context = createScriptedContext(CERTAIN, { ytDlp });
    await assert.rejects(connector.probe(context), { code: 'MF_ERR_URL_NOT_A_SHORT', message });
    assert.deepEqual(context.calls.at(-1), { cancelled: 'yt-dlp' });
  });
}

const ANSWERS: readonly (readonly [status: number, location: string, certain: boolean, taken: boolean])[] = [
  [200, '', false, true],
  [303, 'https://www.youtube.com/watch?v=LabShort001', true, false],
  [302, 'https://consent.youtube.com/m', true, true],
  [302, 'https://consent.youtube.com/m', false, false],
];
for (const [status, location, certain, taken] of ANSWERS) {
  it(`where yt-dlp does not know, ${String(status)} ${location} of the shorts page ${taken ? 'lets it in' : 'refuses it'}`, async () => {
    const { media_type: _, ...unknown } = SHORT;
    const answer: HttpResponse = { status, headers: { location }, text: async () => '' };
    const context = createScriptedContext(certain ? CERTAIN : MAYBE, {
      ytDlp: { infos: [unknown], files: ['/v.mp4'] },
      http: { request: async () => answer },
    });
    const outcome = connector.probe(context).then(
      () => true,
      () => false,
    );
    assert.equal(await outcome, taken);
  });
}
