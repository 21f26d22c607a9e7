import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createPostLink, readFixture } from '@mediafetcher/sdk/testing';
import { readGalleryDlItems, readGalleryDlPost } from '../src/read-gallery-dl.ts';
import { readYtDlpPost } from '../src/read-yt-dlp.ts';

const fixture = (name: string) => readFixture(new URL(`fixtures/${name}.json`, import.meta.url));
const linkOf = (id: string) => createPostLink(`reddit:${id}`, `https://www.reddit.com/comments/${id}/`);
const AUTHOR = { handle: 'lab_user', url: 'https://www.reddit.com/user/lab_user/' };

it('a video as yt-dlp tells it has the id of the post, not of the video', async () => {
  assert.deepEqual(readYtDlpPost(await fixture('yt-dlp-video'), { link: linkOf('video1') }), {
    postId: 'video1',
    author: AUTHOR,
    title: 'Lab post video1',
    postedAt: '2023-11-14T22:13:20.000Z',
    nsfw: false,
  });
});

it('a gallery as gallery-dl tells it', async () => {
  const info = await fixture('gallery-dl-gallery');
  assert.deepEqual(readGalleryDlPost(info, { link: linkOf('galle1') }), {
    postId: 'galle1',
    author: AUTHOR,
    title: 'Lab post galle1',
    postedAt: '2023-11-14T22:13:20.000Z',
    nsfw: false,
  });
  assert.deepEqual(readGalleryDlItems(info), [
    { index: 0, kind: 'image', width: 1080, height: 1350 },
    { index: 1, kind: 'image', width: 800, height: 600 },
  ]);
});

it('a crosspost has the media of its parent', () => {
  const video = { reddit_video: { width: 720, height: 1280, duration: 9 } };
  const info = { is_video: false, crosspost_parent_list: [{ is_video: true, secure_media: video }] };
  assert.deepEqual(readGalleryDlItems(info), [{ index: 0, kind: 'video', width: 720, height: 1280, duration: 9 }]);
});

it('a deleted account is no author', () => {
  const link = linkOf('gone01');
  assert.deepEqual(readGalleryDlPost({ author: '[deleted]', over_18: true }, { link }), {
    postId: 'gone01',
    nsfw: true,
  });
});
