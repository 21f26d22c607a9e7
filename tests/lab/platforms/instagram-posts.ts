import { AUTHORS, TEXTS } from './authors.ts';
import type { Author, PostMedium, PostSpec } from '../world.ts';
import type { Fault } from '../faults.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The number behind a shortcode. */
export const pkOf = (code: string): bigint =>
  Array.from(code).reduce((pk, letter) => pk * 64n + BigInt(ALPHABET.indexOf(letter)), 0n);

export const codeOf = (pk: bigint): string => (pk === 0n ? '' : codeOf(pk / 64n) + (ALPHABET[Number(pk % 64n)] ?? ''));

/** Instagram ids hold their time: milliseconds since August 2011 above the lowest 23 bits. */
const timeOf = (code: string): number => Number((pkOf(code) >> 23n) + 1_314_220_021_721n) / 1000;

const base = (
  id: string,
  author: Author,
  word: 'p' | 'reel',
): Pick<PostSpec, 'id' | 'url' | 'at' | 'author' | 'spellings'> => ({
  id,
  author,
  at: Math.floor(timeOf(id)),
  url: `https://www.instagram.com/${word}/${id}/`,
  spellings: [
    `https://www.instagram.com/${word}/${id}/?igsh=MTc4MmM1YmI2Ng%3D%3D&utm_source=qr`,
    `https://instagram.com/${author.handle}/${word}/${id}`,
    `http://m.instagram.com/${word === 'p' ? 'tv' : 'reels'}/${id}/`,
    `https://ddinstagram.com/${word}/${id}/`,
  ],
});

const failing = (
  name: string,
  id: string,
  fault: Fault,
  about: string,
  needsCookies = false,
  medium: PostMedium = { asset: 'small.mp4' },
): PostSpec => ({
  ...base(id, AUTHORS.rail, 'reel'),
  name: `instagram-${name}`,
  kind: medium.asset.endsWith('.jpg') ? 'image' : 'video',
  text: TEXTS.train,
  media: [medium],
  needsCookies,
  fault,
  about,
});

export const INSTAGRAM_POSTS: readonly PostSpec[] = [
  {
    ...base('DfLabReel01', AUTHORS.lea, 'reel'),
    name: 'instagram-reel',
    kind: 'video',
    text: 'Le dernier soir sur la côte 🌊\nOn reviendra, promis. #voyage #bretagne #coucherdesoleil #reels',
    media: [{ asset: 'coast.mp4' }],
    shareLinks: ['https://www.instagram.com/share/reel/BALabReel1'],
    about: 'reel that opens without an account; the same bytes as a TikTok',
  },
  {
    ...base('DfLabCaro01', AUTHORS.mia, 'p'),
    name: 'instagram-carousel',
    kind: 'carousel',
    text: 'Process → result 🎨 swipe for the time-lapse\n#gouache #process #artistsoninstagram',
    media: [{ asset: 'square.mp4' }, { asset: 'violet.jpg' }, { asset: 'dusk.jpg' }, { asset: 'life.mp4' }],
    needsCookies: true,
    spellings: [
      ...(base('DfLabCaro01', AUTHORS.mia, 'p').spellings ?? []),
      'https://www.instagram.com/p/DfLabCaro01/?img_index=2',
    ],
    shareLinks: ['https://www.instagram.com/share/p/BALabCaro1'],
    about: 'carousel of video, image, image, video in this order; needs cookies',
  },
  {
    ...base('DeLabImag01', AUTHORS.tokyo, 'p'),
    name: 'instagram-image',
    kind: 'image',
    text: TEXTS.long,
    media: [{ asset: 'night.jpg' }],
    needsCookies: true,
    about: 'one image; needs cookies',
  },
  {
    ...base('DeLabMovie1', AUTHORS.omar, 'reel'),
    name: 'instagram-mov',
    kind: 'video',
    text: 'قهوة الصباح على الشرفة ☕️ #قهوة #صباح_الخير',
    media: [{ asset: 'camera.mov' }],
    about: 'QuickTime with H.264 called .mp4: has to be remuxed',
  },
  failing('gone', 'DdLabGone01', 'gone', 'the page answers 404'),
  failing('login', 'DdLabLogin1', 'login', 'redirect to the login page, with any cookies'),
  failing('restricted', 'DdLabRestr1', 'members', 'restricted video: wants an account'),
  failing('challenge', 'DdLabChall1', 'challenge', 'redirect to a challenge, with cookies too', true),
  failing('rate-limit', 'DdLabRate01', 'rate-limit', 'the page answers 429'),
  failing('page-500', 'DdLabErr500', 'page-500', 'the page answers 500'),
  failing('media-403', 'DdLabMed403', 'media-403', 'the media address has expired'),
  failing('media-cut', 'DdLabMedCut', 'media-cut', 'the body ends after two fifths'),
  failing('html-image', 'DdLabHtmImg', 'media-html', 'an HTML page called image/jpeg', true, { asset: 'dawn.jpg' }),
];

/** Posts without end: `DdEndNNNNNN`. */
export const endlessInstagram = (id: string, asset: string): PostSpec | undefined =>
  /^DdEnd\d{6}$/.test(id)
    ? {
        ...base(id, AUTHORS.rail, 'reel'),
        name: `instagram-endless-${Number(id.slice(-6))}`,
        kind: 'video',
        text: `${TEXTS.train}, day ${Number(id.slice(-6))}`,
        media: [{ asset }],
        about: 'one of any number of posts',
      }
    : undefined;
