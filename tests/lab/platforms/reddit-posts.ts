import { AUTHORS, TEXTS } from './authors.ts';
import type { Author, PostSpec } from '../world.ts';
import type { Fault } from '../faults.ts';

export const SUBREDDIT = 'EarthPorn';

/** 14 November 2026, then an hour earlier for each post. */
const NEWEST = 1_794_650_400;

export const slugOf = (text: string): string =>
  (text.split('\n')[0] ?? '')
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .slice(0, 50)
    .replaceAll(/^_+|_+$/g, '') || 'post';

export const permalinkOf = (post: Pick<PostSpec, 'id' | 'text'>): string =>
  `/r/${SUBREDDIT}/comments/${post.id}/${slugOf(post.text)}/`;

/** A video's own id on v.redd.it, and an image's name on i.redd.it: both hold the post's id. */
export const videoIdOf = (post: Pick<PostSpec, 'id'>): string => `${post.id}x7lab`;

type Base = Pick<PostSpec, 'id' | 'url' | 'at' | 'author' | 'text' | 'spellings'>;

const base = (id: string, age: number, author: Author, text: string): Base => ({
  id,
  author,
  text,
  at: NEWEST - age * 3600,
  url: `https://www.reddit.com${permalinkOf({ id, text })}`,
  spellings: [
    `https://www.reddit.com${permalinkOf({ id, text })}?utm_source=share&utm_medium=web3x&utm_name=web3xcss&utm_term=1&utm_content=share_button`,
    `https://old.reddit.com/r/${SUBREDDIT}/comments/${id}/`,
    `https://redd.it/${id}`,
    `https://m.reddit.com/comments/${id}`,
  ],
});

const failing = (
  name: string,
  id: string,
  age: number,
  fault: Fault,
  about: string,
  medium = 'mesa.jpg',
): PostSpec => ({
  ...base(id, age, AUTHORS.rail, TEXTS.train),
  name: `reddit-${name}`,
  kind: medium.endsWith('.jpg') ? 'image' : 'video',
  media: [medium.endsWith('.jpg') ? { asset: medium } : { asset: medium, sound: 'dash-audio.m4a' }],
  fault,
  about,
});

export const REDDIT_POSTS: readonly PostSpec[] = [
  {
    ...base('1lab001', 1, AUTHORS.sven, 'Monument Valley from a slow train [OC]'),
    name: 'reddit-video',
    kind: 'video',
    media: [{ asset: 'dash-video.mp4', sound: 'dash-audio.m4a' }],
    shareLinks: [`https://www.reddit.com/r/${SUBREDDIT}/s/LabVideo01`, 'https://v.redd.it/1lab001x7lab'],
    about: 'DASH: picture and sound are two files that yt-dlp merges',
  },
  {
    ...base('1lab002', 2, AUTHORS.lea, 'Quatre saisons au même endroit — four seasons, one spot (OC, gallery)'),
    name: 'reddit-gallery',
    kind: 'gallery',
    media: [{ asset: 'grove.jpg' }, { asset: 'poster.png' }, { asset: 'snow.jpg' }, { asset: 'sideways.jpg' }],
    shareLinks: [`https://www.reddit.com/r/${SUBREDDIT}/s/LabGaller1`],
    spellings: [...(base('1lab002', 2, AUTHORS.lea, 'x').spellings ?? []), 'https://www.reddit.com/gallery/1lab002'],
    about: 'gallery of four: JPEG, PNG, a large JPEG, and one that EXIF turns by 90 degrees',
  },
  {
    ...base('1lab003', 3, AUTHORS.tokyo, 'Fuji above the clouds this morning, 富士山 [2048×1536]'),
    name: 'reddit-image',
    kind: 'image',
    media: [{ asset: 'snow.jpg' }],
    shareLinks: [`https://www.reddit.com/r/${SUBREDDIT}/s/LabImage01`],
    about: 'one image',
  },
  {
    ...base('1lab004', 4, AUTHORS.mia, 'Made a sticker of my favourite sky'),
    name: 'reddit-sticker',
    kind: 'image',
    media: [{ asset: 'sticker.png' }],
    about: 'PNG with transparency',
  },
  {
    ...base('1lab005', 5, AUTHORS.noor, 'Silent timelapse, no sound on purpose'),
    name: 'reddit-silent',
    kind: 'video',
    media: [{ asset: 'dash-video.mp4' }],
    about: 'DASH with a picture and no sound',
  },
  {
    ...base('1lab006', 6, AUTHORS.omar, 'Which lens would you bring? (text only)'),
    name: 'reddit-text',
    kind: 'text',
    media: [],
    accepted: ['MF_ERR_NO_MEDIA', 'MF_ERR_UNSUPPORTED'],
    about: 'a text post: there is nothing to fetch',
  },
  failing('gone', '1lab011', 11, 'gone', 'the API answers 404'),
  failing('private', '1lab012', 12, 'private', 'private subreddit'),
  failing('quarantined', '1lab013', 13, 'members', 'quarantined subreddit'),
  failing('login', '1lab014', 14, 'login', 'blocked by network security: log in'),
  failing('rate-limit', '1lab015', 15, 'rate-limit', 'the API answers 429 and asks to wait'),
  failing('page-500', '1lab016', 16, 'page-500', 'the API answers 500'),
  failing('media-404', '1lab017', 17, 'media-404', 'the image is gone'),
  failing('html-image', '1lab018', 18, 'media-html', 'an HTML page called image/jpeg'),
  failing('empty-image', '1lab019', 19, 'media-empty', 'an image of 0 bytes'),
  failing('cut-video', '1lab020', 20, 'media-cut', 'both DASH files end after two fifths', 'dash-video.mp4'),
];

const BASE36_START = Number.parseInt('end0000', 36);

export const endlessRedditId = (n: number): string => (BASE36_START + n).toString(36);

/** Posts without end: seven characters of base 36 from `end0000` on, a million of them. */
export const endlessReddit = (id: string, asset: string): PostSpec | undefined => {
  const n = /^[a-z0-9]{7}$/.test(id) ? Number.parseInt(id, 36) - BASE36_START : -1;
  if (n < 0 || n >= 1_000_000) return undefined;
  return {
    ...base(id, n % 1000, AUTHORS.rail, `${TEXTS.train}, day ${n}`),
    name: `reddit-endless-${n}`,
    kind: 'video',
    media: [{ asset }],
    about: 'one of any number of posts (its picture and sound in one file)',
  };
};
