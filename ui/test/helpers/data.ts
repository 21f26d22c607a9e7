import type { Folder, Job, MediaItem, Post, Verdict } from '../../src/api/types.ts';

let next = 0;

export const item = (over: Partial<MediaItem> = {}): MediaItem => ({
  id: 'cat.webp',
  index: 0,
  kind: 'image',
  mime: 'image/webp',
  size: 420_000,
  width: 1080,
  height: 1350,
  duration: null,
  sha256: '9f2c41d7aa30e5b7c2d19f2c41d7aa30e5b7c2d19f2c41d7aa30e5b7c2d1e08b',
  thumbhash: 'HBkSHYSIeHiPiHh8eJd4eTN0EEQG',
  thumbnails: [240, 480, 960],
  rendition: null,
  ...over,
});

export const film = (over: Partial<MediaItem> = {}): MediaItem =>
  item({ kind: 'video', mime: 'video/mp4', width: 1080, height: 1920, duration: 34.4, size: 38_200_000, ...over });

export const sound = (over: Partial<MediaItem> = {}): MediaItem =>
  item({ kind: 'audio', mime: 'audio/mpeg', width: null, height: null, duration: 201, thumbnails: [], ...over });

export const post = (over: Partial<Post> = {}): Post => {
  next += 1;
  const items = over.items ?? [film()];
  return {
    id: `p${next}`,
    key: `tiktok:${next}`,
    platform: 'tiktok',
    kind: 'video',
    title: 'POV: the neighbour’s cat has decided the balcony is hers now 🐈‍⬛',
    caption: 'POV: the neighbour’s cat has decided the balcony is hers now 🐈‍⬛',
    authorHandle: 'hana.2ldk',
    authorName: null,
    authorUrl: 'https://www.tiktok.com/@hana.2ldk',
    url: 'https://www.tiktok.com/@hana.2ldk/video/1',
    postedAt: '2026-11-17T10:00:00.000Z',
    addedAt: new Date().toISOString(),
    hashtags: [],
    nsfw: false,
    favourite: false,
    tags: [],
    note: null,
    ownTitle: null,
    folderIds: [],
    hiddenItems: [],
    foreign: false,
    size: items.reduce((sum, { size }) => sum + size, 0),
    ...over,
    items,
  };
};

export const carousel = (count: number, over: Partial<Post> = {}): Post =>
  post({
    kind: 'carousel',
    platform: 'instagram',
    items: Array.from({ length: count }, (_, index) => item({ index, id: 'beach.webp' })),
    ...over,
  });

export const job = (over: Partial<Job> = {}): Job => {
  next += 1;
  return {
    id: `j${next}`,
    url: 'https://www.tiktok.com/@lanzhou_lad/video/7',
    platform: 'tiktok',
    type: 'post',
    status: 'running',
    stage: 'fetch',
    progress: 37,
    indeterminate: false,
    speed: 6_100_000,
    eta: 4,
    totalBytes: 38_000_000,
    filename: null,
    errorCode: null,
    errorMessage: null,
    attempts: 1,
    heldUntil: null,
    heldReason: null,
    title: 'Hand-pulled noodles from a Xi’an night market 🔥',
    author: '@lanzhou_lad',
    parentId: null,
    children: null,
    createdAt: '2026-11-21T14:02:00.000Z',
    startedAt: null,
    finishedAt: null,
    post: null,
    ...over,
  };
};

export const verdict = (over: Partial<Verdict> = {}): Verdict => ({
  input: 'https://vm.tiktok.com/ZGdkX9pQ2/',
  supported: true,
  code: null,
  message: null,
  platform: 'tiktok',
  kind: 'post',
  key: 'tiktok:7',
  certain: true,
  url: 'https://www.tiktok.com/@lanzhou_lad/video/7',
  existing: null,
  download: null,
  ...over,
});

export const folder = (over: Partial<Folder> = {}): Folder => {
  next += 1;
  return {
    id: `f${next}`,
    name: `Folder ${next}`,
    parentId: null,
    ownerId: 'u1',
    count: 0,
    createdAt: '2026-11-21T14:02:00.000Z',
    right: null,
    shares: [],
    cover: null,
    ...over,
  };
};
