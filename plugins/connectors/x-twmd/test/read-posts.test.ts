import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createPostLink, readFixture } from '@mediafetcher/sdk/testing';
import { timeOfPostId } from '../src/post-id.ts';
import { readGalleryDlPost } from '../src/read-gallery-dl.ts';
import { readYtDlpPost } from '../src/read-yt-dlp.ts';

const fixture = (name: string) => readFixture(new URL(`fixtures/${name}.json`, import.meta.url));
const linkOf = (id: string) => createPostLink(`x:${id}`, `https://x.com/i/status/${id}`);
const AUTHOR = { id: '42', handle: 'lab', name: 'Lab', url: 'https://x.com/lab' };

it('a video as yt-dlp tells it has the id of the post, not of the video', async () => {
  const id = '1700000000000000001';
  assert.deepEqual(readYtDlpPost(await fixture('yt-dlp-video'), { link: linkOf(id) }), {
    postId: id,
    author: AUTHOR,
    caption: `Lab tweet ${id}`,
    postedAt: '2023-11-15T10:00:00.000Z',
    nsfw: false,
  });
});

it('photos as gallery-dl tells them have the exact id of the address', async () => {
  const id = '1700000000000000002';
  assert.deepEqual(readGalleryDlPost(await fixture('gallery-dl-photos'), { link: linkOf(id) }), {
    postId: id,
    author: AUTHOR,
    caption: `Lab tweet ${id}`,
    postedAt: '2023-09-08T04:15:59.000Z',
    nsfw: false,
  });
});

it('an id tells its time, unless it is older than such ids', () => {
  assert.equal(timeOfPostId('1700000000000000002'), '2023-09-08T04:15:59.129Z');
  assert.equal(timeOfPostId('20'), undefined);
});
