import { AUTHORS, TEXTS } from './authors.ts';
import type { Author, PostMedium, PostSpec } from '../world.ts';
import type { Fault } from '../faults.ts';

/** X ids hold their time: milliseconds since November 2010 above the lowest 22 bits. */
export const timeOfId = (id: string): number => Number((BigInt(id) >> 22n) + 1_288_834_974_657n) / 1000;

/** X handles have no dots. */
export const handleOf = (author: Author): string => author.handle.normalize('NFD').replaceAll(/[^\w]/g, '');

const base = (id: string, author: Author): Pick<PostSpec, 'id' | 'url' | 'at' | 'author' | 'spellings'> => {
  const handle = handleOf(author);
  return {
    id,
    author: { ...author, handle },
    at: timeOfId(id),
    url: `https://x.com/${handle}/status/${id}`,
    spellings: [
      `https://x.com/${handle}/status/${id}?s=46&t=LabTrackingToken_x1`,
      `https://twitter.com/${handle}/status/${id}`,
      `https://mobile.twitter.com/i/web/status/${id}`,
      `https://www.x.com/i/status/${id}`,
      `https://vxtwitter.com/${handle}/status/${id}`,
    ],
  };
};

const failing = (
  name: string,
  id: string,
  fault: Fault,
  about: string,
  medium: PostMedium = { asset: 'mesa.jpg' },
): PostSpec => ({
  ...base(id, AUTHORS.rail),
  name: `x-${name}`,
  kind: medium.asset.endsWith('.jpg') ? 'image' : 'video',
  text: TEXTS.train,
  media: [medium],
  fault,
  about,
});

export const X_POSTS: readonly PostSpec[] = [
  {
    ...base('2091000000000000001', AUTHORS.mia),
    name: 'x-photos',
    kind: 'gallery',
    text: 'Four skies from this week, all gouache 🎨🌤️ which one goes on the wall?',
    media: [{ asset: 'dawn.jpg' }, { asset: 'mesa.jpg' }, { asset: 'harbour.jpg' }, { asset: 'poster.png' }],
    shareLinks: ['https://t.co/LabPhotos1'],
    about: 'four photos, the last a PNG',
  },
  {
    ...base('2090000000000000002', AUTHORS.tokyo),
    name: 'x-video',
    kind: 'video',
    text: '新宿、午前4時。誰もいない街の音 🌃 #夜景',
    media: [{ asset: 'late-moov.mp4' }],
    about: 'MP4 whose index is at the end: it has to move to the front',
  },
  {
    ...base('2089000000000000003', AUTHORS.lea),
    name: 'x-mixed',
    kind: 'carousel',
    text: 'Le même endroit : une photo, une vidéo, une photo 📷',
    media: [{ asset: 'dusk.jpg' }, { asset: 'life.mp4' }, { asset: 'night.jpg' }],
    about: 'photo, video, photo in one post',
  },
  {
    ...base('2088000000000000004', AUTHORS.noor),
    name: 'x-gif',
    kind: 'video',
    text: 'تدرّج لا ينتهي 🔁 (looping gradient)',
    media: [{ asset: 'loop.mp4' }],
    about: 'animated GIF: an MP4 without sound',
  },
  {
    ...base('2087000000000000005', AUTHORS.sven),
    name: 'x-ten-bit',
    kind: 'video',
    text: 'Graded in 10 bit. Your browser will not like it.',
    media: [{ asset: 'ten-bit.mp4' }],
    about: 'H.264 with 10 bits: has to be transcoded',
  },
  {
    ...base('2086000000000000006', AUTHORS.omar),
    name: 'x-text',
    kind: 'text',
    text: 'ما هي أول أكلة تعلمت طبخها؟ 🍲',
    media: [],
    accepted: ['MF_ERR_NO_MEDIA', 'MF_ERR_UNSUPPORTED'],
    about: 'a text post',
  },
  failing('gone', '2080000000000000011', 'gone', 'an empty result'),
  failing('suspended', '2080000000000000012', 'suspended', 'the account is suspended'),
  failing('private', '2080000000000000013', 'private', 'protected posts'),
  failing('login', '2080000000000000014', 'login', 'sensitive content wants a login'),
  failing('rate-limit', '2080000000000000015', 'rate-limit', 'the API answers 429'),
  failing('page-500', '2080000000000000016', 'page-500', 'the API answers 503'),
  failing('media-404', '2080000000000000017', 'media-404', 'the photo is gone'),
  failing('media-cut', '2080000000000000018', 'media-cut', 'the video ends after two fifths', { asset: 'small.mp4' }),
  failing('media-hang', '2080000000000000019', 'media-hang', 'the video never comes', { asset: 'small.mp4' }),
];

/** Posts without end: `2095000000000NNNNNN`. */
export const endlessX = (id: string, asset: string): PostSpec | undefined =>
  /^2095000000000\d{6}$/.test(id)
    ? {
        ...base(id, AUTHORS.rail),
        name: `x-endless-${Number(id.slice(-6))}`,
        kind: 'video',
        text: `${TEXTS.train}, day ${Number(id.slice(-6))}`,
        media: [{ asset }],
        about: 'one of any number of posts',
      }
    : undefined;
