import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createPostLink, readFixture } from '@mediafetcher/sdk/testing';
import { readGalleryDlItems, readGalleryDlPost } from '../src/read-gallery-dl.ts';
import { readYtDlpPost } from '../src/read-yt-dlp.ts';

const fixture = (name: string) => readFixture(new URL(`fixtures/${name}.json`, import.meta.url));
const linkOf = (id: string) => createPostLink(`tiktok:${id}`, `https://www.tiktok.com/@labtok/video/${id}`);
const AUTHOR = { id: 'MS4wLjABAAAAlab', handle: 'labtok', name: 'Lab Tok', url: 'https://www.tiktok.com/@labtok' };
const SLIDES = {
  postId: '7300000000000000002',
  author: AUTHOR,
  caption: 'Lab slides',
  postedAt: '2023-11-14T22:13:20.000Z',
};

it('a video as yt-dlp tells it', async () => {
  assert.deepEqual(readYtDlpPost(await fixture('yt-dlp-video'), { link: linkOf('7300000000000000001') }), {
    postId: '7300000000000000001',
    author: AUTHOR,
    caption: 'Lab tiktok #fun',
    postedAt: '2023-11-14T22:13:20.000Z',
    hashtags: ['fun'],
  });
});

it('a slideshow reads the same from both tools', async () => {
  const context = { link: linkOf('7300000000000000002') };
  assert.deepEqual(readYtDlpPost(await fixture('yt-dlp-slideshow'), context), SLIDES);
  assert.deepEqual(readGalleryDlPost(await fixture('gallery-dl-slideshow'), context), SLIDES);
});

it('a slideshow has its images and then its sound', async () => {
  assert.deepEqual(readGalleryDlItems(await fixture('gallery-dl-slideshow')), [
    { index: 0, kind: 'image', width: 1080, height: 1350 },
    { index: 1, kind: 'image', width: 1080, height: 1350 },
    { index: 2, kind: 'audio', duration: 4 },
  ]);
});

it('an empty document still has the id of the address', () => {
  assert.deepEqual(readYtDlpPost({}, { link: linkOf('7300000000000000001') }), { postId: '7300000000000000001' });
  assert.deepEqual(readGalleryDlPost({}, { link: linkOf('7300000000000000001') }), { postId: '7300000000000000001' });
});
