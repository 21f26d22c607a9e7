import { AUTHORS, TEXTS } from './authors.ts';
import type { Author, PostMedium, PostSpec } from '../world.ts';
import type { Fault } from '../faults.ts';

/** 1 November 2026, then a day earlier for each post. */
const NEWEST = 1_793_530_800;

const base = (
  id: string,
  age: number,
  author: Author,
): Pick<PostSpec, 'id' | 'url' | 'at' | 'author' | 'spellings'> => ({
  id,
  author,
  at: NEWEST - age * 86_400,
  url: `https://www.youtube.com/shorts/${id}`,
  spellings: [
    `https://youtube.com/shorts/${id}?feature=share&si=LabTracking00001`,
    `https://m.youtube.com/shorts/${id}?pp=ygUFc2hvcnQ%3D`,
    `https://youtu.be/${id}?si=LabTracking00001`,
    `https://www.youtube.com/watch?v=${id}&t=1s`,
    `https://www.youtube.com/embed/${id}`,
  ],
});

const failing = (
  name: string,
  id: string,
  age: number,
  fault: Fault,
  about: string,
  medium: PostMedium = { asset: 'small.mp4' },
): PostSpec => ({
  ...base(id, age, AUTHORS.rail),
  name: `youtube-${name}`,
  kind: 'video',
  text: TEXTS.train,
  media: [medium],
  fault,
  about,
});

export const YOUTUBE_POSTS: readonly PostSpec[] = [
  {
    ...base('LabShort001', 1, AUTHORS.sven),
    name: 'youtube-short',
    kind: 'video',
    text: 'Morgon över fjällen 🏔️ 30 seconds of silence #shorts',
    media: [{ asset: 'dawn.mp4' }],
    about: 'a Short in one file that plays as it is',
  },
  {
    ...base('LabShort002', 2, AUTHORS.lea),
    name: 'youtube-short-adaptive',
    kind: 'video',
    text: 'Traverser le désert en train 🚂🏜️ #shorts #train',
    media: [{ asset: 'dash-video.mp4', sound: 'dash-audio.m4a' }],
    about: 'a Short as YouTube serves most: picture and sound apart',
  },
  {
    ...base('LabShort003', 3, AUTHORS.tokyo),
    name: 'youtube-short-vp9',
    kind: 'video',
    text: '北海道の朝、マイナス18度 ❄️ #shorts',
    media: [{ asset: 'vp9.webm' }],
    about: 'VP9 and Opus in WebM: has to be transcoded',
  },
  {
    ...base('LabShort004', 4, AUTHORS.noor),
    name: 'youtube-short-odd',
    kind: 'video',
    text: 'مقاس غريب 405×721 📐 #shorts',
    media: [{ asset: 'odd.webm' }],
    about: 'VP9 of 405 × 721 pixels: H.264 wants even numbers',
  },
  {
    ...base('LabWatch001', 5, AUTHORS.rail),
    name: 'youtube-watch',
    kind: 'video',
    text: 'Harbour line, full cab ride (4K, no commentary)',
    media: [{ asset: 'wide.mp4' }],
    url: 'https://www.youtube.com/watch?v=LabWatch001',
    spellings: ['https://youtu.be/LabWatch001'],
    accepted: ['MF_ERR_URL_NOT_A_SHORT'],
    about: 'an ordinary video: not a Short',
  },
  failing('gone', 'LabGone0001', 11, 'gone', 'Video unavailable'),
  failing('private', 'LabPrivate1', 12, 'private', 'a private video'),
  failing('bot', 'LabBotCheck', 13, 'rate-limit', 'Sign in to confirm you’re not a bot'),
  failing('geo', 'LabGeoBlock', 14, 'geo', 'not available in your country'),
  failing('members', 'LabMembers1', 15, 'members', 'members only'),
  failing('age', 'LabAgeGate1', 16, 'login', 'Sign in to confirm your age'),
  failing('page-500', 'LabError500', 17, 'page-500', 'the page answers 500'),
  failing('media-403', 'LabMedia403', 18, 'media-403', 'the media address has expired'),
  failing('media-cut', 'LabMediaCut', 19, 'media-cut', 'the body ends after two fifths'),
];

/** Posts without end: `endless` and four characters of base 36. */
export const endlessYoutube = (id: string, asset: string): PostSpec | undefined => {
  if (!/^endless[a-z0-9]{4}$/.test(id)) return undefined;
  const n = Number.parseInt(id.slice(7), 36);
  return {
    ...base(id, n % 365, AUTHORS.rail),
    name: `youtube-endless-${n}`,
    kind: 'video',
    text: `${TEXTS.train}, day ${n} #shorts`,
    media: [{ asset }],
    about: 'one of any number of Shorts',
  };
};
