import { AUTHORS, TEXTS } from './authors.ts';
import type { Author, PostSpec } from '../world.ts';
import type { Fault } from '../faults.ts';

/** TikTok ids begin with their time: seconds since the epoch in the upper 32 bits. */
export const timeOfId = (id: string): number => Number(BigInt(id) >> 32n);

const spell = (
  id: string,
  author: Author,
  word: 'video' | 'photo',
): Pick<PostSpec, 'id' | 'url' | 'at' | 'author' | 'spellings'> => ({
  id,
  author,
  at: timeOfId(id),
  url: `https://www.tiktok.com/@${author.handle}/${word}/${id}`,
  spellings: [
    `https://www.tiktok.com/@${author.handle}/${word}/${id}?is_from_webapp=1&sender_device=pc&web_id=7412345678901234567`,
    `https://m.tiktok.com/v/${id}.html?_r=1&_t=ZN-8abcdEfgh12`,
    `https://www.tiktok.com/embed/v2/${id}`,
    `tiktok.com/@/${word === 'video' ? 'photo' : 'video'}/${id}`,
  ],
});

const failing = (name: string, id: string, fault: Fault, about: string): PostSpec => ({
  ...spell(id, AUTHORS.rail, 'video'),
  name: `tiktok-${name}`,
  kind: 'video',
  text: TEXTS.train,
  media: [{ asset: 'small.mp4' }],
  fault,
  about,
});

export const TIKTOK_POSTS: readonly PostSpec[] = [
  {
    ...spell('7651200000000000001', AUTHORS.lea, 'video'),
    name: 'tiktok-video',
    kind: 'video',
    text: TEXTS.dusk,
    media: [{ asset: 'dusk.mp4' }],
    shareLinks: [
      'https://vm.tiktok.com/ZMLabDusk/',
      'https://vt.tiktok.com/ZSLabDusk/',
      'https://www.tiktok.com/t/ZTLabDusk/',
    ],
    about: 'portrait MP4 that plays as it is: its bytes must not change',
  },
  {
    ...spell('7648800000000000002', AUTHORS.mia, 'photo'),
    name: 'tiktok-slideshow',
    kind: 'slideshow',
    text: TEXTS.studio,
    media: [{ asset: 'violet.jpg' }, { asset: 'coast.jpg' }, { asset: 'print.webp' }, { asset: 'song.mp3' }],
    shareLinks: ['https://vm.tiktok.com/ZMLabSlides/'],
    about: 'slideshow: three images (the last a WebP called .jpeg) and the sound as MP3',
  },
  {
    ...spell('7646400000000000003', AUTHORS.tokyo, 'video'),
    name: 'tiktok-hevc',
    kind: 'video',
    text: TEXTS.lights,
    media: [{ asset: 'hevc.mp4' }],
    about: 'HEVC: has to be transcoded',
  },
  {
    ...spell('7644000000000000004', AUTHORS.omar, 'video'),
    name: 'tiktok-rotated',
    kind: 'video',
    text: TEXTS.kitchen,
    media: [{ asset: 'rotated.mp4' }],
    about: 'coded as landscape with a display matrix of 90 degrees',
  },
  {
    ...spell('7641600000000000005', AUTHORS.noor, 'video'),
    name: 'tiktok-sound',
    kind: 'audio',
    text: 'ليلة هادئة 🌙 (original sound)\n#lofi #sound',
    media: [{ asset: 'voice.m4a' }],
    about: 'a post of sound only (M4A): becomes an MP3 of 192 kbit/s',
  },
  {
    ...spell('7639200000000000006', AUTHORS.rail, 'video'),
    name: 'tiktok-twin',
    kind: 'video',
    text: 'saw this on insta, too good 😭 (not mine)\n#repost',
    media: [{ asset: 'coast.mp4' }],
    about: 'the same bytes as the Instagram reel: one file, two posts',
  },
  failing('gone', '7630000000000000011', 'gone', 'status 10204'),
  failing('private', '7630000000000000012', 'private', 'status 10216'),
  failing('login', '7630000000000000013', 'login', 'redirect to the login page'),
  failing('geo', '7630000000000000014', 'geo', 'status 10231'),
  failing('rate-limit', '7630000000000000015', 'rate-limit', 'the page answers 429'),
  failing('challenge', '7630000000000000016', 'challenge', 'a page of scripts instead of the post'),
  failing('page-500', '7630000000000000017', 'page-500', 'the page answers 500'),
  failing('page-hang', '7630000000000000018', 'page-hang', 'the page never answers'),
  failing('media-403', '7630000000000000021', 'media-403', 'the media address has expired'),
  failing('media-404', '7630000000000000022', 'media-404', 'the media address is gone'),
  failing('media-429', '7630000000000000023', 'media-429', 'the media host answers 429'),
  failing('media-500', '7630000000000000024', 'media-500', 'the media host answers 500'),
  failing('media-hang', '7630000000000000025', 'media-hang', 'the media host never answers'),
  failing('media-stall', '7630000000000000026', 'media-stall', 'the media host stops after two fifths'),
  failing('media-cut', '7630000000000000027', 'media-cut', 'the body ends after two fifths'),
  failing('media-empty', '7630000000000000028', 'media-empty', 'the file has 0 bytes'),
  failing('media-html', '7630000000000000029', 'media-html', 'an HTML page called video/mp4'),
  failing('media-broken', '7630000000000000030', 'media-broken', 'right type and length, but no video'),
];

/** Posts without end: `7690000000000NNNNNN`. */
export const endlessTiktok = (id: string, asset: string): PostSpec | undefined =>
  /^7690000000000\d{6}$/.test(id)
    ? {
        ...spell(id, AUTHORS.rail, 'video'),
        name: `tiktok-endless-${Number(id.slice(-6))}`,
        kind: 'video',
        text: `${TEXTS.train}, day ${Number(id.slice(-6))}`,
        media: [{ asset }],
        about: 'one of any number of posts',
      }
    : undefined;
