import assert from 'node:assert/strict';
import { it } from 'node:test';
import { readGalleryDlItems, readYtDlpItems } from '@mediafetcher/sdk';
import { createPostLink, readFixture } from '@mediafetcher/sdk/testing';
import { readGalleryDlPost } from '../src/read-gallery-dl.ts';
import { readYtDlpPost } from '../src/read-yt-dlp.ts';

const fixture = (name: string) => readFixture(new URL(`fixtures/${name}.json`, import.meta.url));
const link = createPostLink('instagram:CLabCaro001', 'https://www.instagram.com/p/CLabCaro001/');
const POST = {
  postId: 'CLabCaro001',
  author: { id: '55', handle: 'labgram', name: 'Lab Gram', url: 'https://www.instagram.com/labgram/' },
  caption: 'Lab reel',
  postedAt: '2023-11-14T22:13:20.000Z',
};

it('a carousel reads the same from both tools, with the id of the post and not of an entry', async () => {
  assert.deepEqual(readYtDlpPost(await fixture('yt-dlp-carousel-entry'), { link }), POST);
  assert.deepEqual(readGalleryDlPost(await fixture('gallery-dl-carousel'), { link }), POST);
});

it('a carousel has as many items as it says', async () => {
  assert.equal(readGalleryDlItems(await fixture('gallery-dl-carousel')).length, 2);
  assert.equal(readYtDlpItems(await fixture('yt-dlp-carousel-entry')).length, 2);
});

it('a story keeps the whole of its key', () => {
  const story = createPostLink('instagram:story:31', 'https://www.instagram.com/stories/lab/31/');
  assert.deepEqual(readGalleryDlPost({}, { link: story }), { postId: 'story:31' });
});
