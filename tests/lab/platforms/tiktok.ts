import { hang, html, redirect } from '../answers.ts';
import type { Answer } from '../answers.ts';
import type { Fault } from '../faults.ts';
import type { PostSpec, Site, SiteRequest, World } from '../world.ts';
import { createFinder } from '../world.ts';
import { answerTiktokProfile } from './tiktok-profile.ts';
import { endlessTiktok, TIKTOK_POSTS } from './tiktok-posts.ts';

const PLATFORM = 'tiktok';
const MEDIA_HOST = 'v16-webapp-prime.us.tiktok.com';
const IMAGE_HOST = 'p16-sign-va.tiktokcdn.com';
const STATUS: Partial<Record<Fault, number>> = {
  gone: 10204,
  suspended: 10204,
  private: 10216,
  members: 10222,
  geo: 10231,
};

const coverUrl = (post: PostSpec): string =>
  `https://${IMAGE_HOST}/tos-maliva-p/${post.id}~tplv-cover.jpeg?x-expires=1799999999`;

const mediaUrl = (post: PostSpec, index: number, type: string): string =>
  `https://${MEDIA_HOST}/video/tos/useast2a/${post.id}/${index}/?a=1988&mime_type=${type.replace('/', '_')}`;

const imageUrl = (post: PostSpec, index: number): string =>
  `https://${IMAGE_HOST}/tos-maliva-i-photomode/${post.id}-${index}~tplv-photomode-image.jpeg?x-expires=1799999999`;

const buildVideo = (post: PostSpec, world: World): Record<string, unknown> => {
  const index = post.media.findIndex(({ asset }) => world.media.asset(asset).recipe.kind === 'video');
  const medium = post.media[index];
  const common = { id: post.id, cover: coverUrl(post), originCover: coverUrl(post) };
  if (medium === undefined) return { ...common, duration: 0, width: 0, height: 0, playAddr: '' };
  const { recipe, bytes } = world.media.asset(medium.asset);
  const url = mediaUrl(post, index, 'video/mp4');
  const codec = medium.asset.includes('hevc') ? 'bytevc1' : 'h264';
  const size = Math.min(recipe.width, recipe.height);
  return {
    ...common,
    duration: recipe.duration,
    width: recipe.width,
    height: recipe.height,
    ratio: `${size}p`,
    format: 'mp4',
    codecType: codec,
    playAddr: url,
    bitrateInfo: [
      {
        Bitrate: 1_200_000,
        CodecType: codec,
        PlayAddr: {
          UrlKey: `v14044g50000_${codec}_${size}p_1200000`,
          UrlList: [url],
          DataSize: bytes.length + (post.tail?.length ?? 0),
          Width: recipe.width,
          Height: recipe.height,
        },
      },
    ],
  };
};

const buildItem = (post: PostSpec, world: World): Record<string, unknown> => {
  const media = post.media.map(({ asset }) => world.media.asset(asset).recipe);
  const sound = media.findIndex((recipe) => recipe.kind === 'audio');
  const images = media.flatMap((recipe, index) =>
    recipe.kind === 'image'
      ? [{ imageURL: { urlList: [imageUrl(post, index)] }, imageWidth: recipe.width, imageHeight: recipe.height }]
      : [],
  );
  return {
    id: post.id,
    desc: post.text,
    createTime: String(post.at),
    author: {
      id: post.author.id,
      uniqueId: post.author.handle,
      nickname: post.author.name,
      secUid: `MS4wLjABAAAA${'l'.repeat(64)}`,
    },
    stats: { diggCount: 48_213, shareCount: 1_204, commentCount: 731, playCount: 912_480, collectCount: '5302' },
    music: {
      id: '7300000000000000777',
      title: 'original sound',
      authorName: post.author.name,
      duration: media[sound]?.duration ?? 0,
      ...(sound < 0
        ? {}
        : { playUrl: mediaUrl(post, sound, media[sound]?.type === 'audio/mpeg' ? 'audio/mpeg' : 'audio/mp4') }),
    },
    video: buildVideo(post, world),
    ...(images.length === 0 ? {} : { imagePost: { title: '', images } }),
  };
};

const page = (scope: string, detail: Record<string, unknown>): Answer => {
  const data = JSON.stringify({ __DEFAULT_SCOPE__: { [scope]: detail } }).replaceAll('<', String.raw`\u003c`);
  return html(`<script id="__UNIVERSAL_DATA_FOR_REHYDRATION__" type="application/json">${data}</script>`, 200, {
    'set-cookie': 'tt_chain_token=lab; Domain=.tiktok.com; Path=/; Secure; HttpOnly',
  });
};

export const createTiktok = (world: World): Site => {
  const shares = new Map(
    TIKTOK_POSTS.flatMap((post) => (post.shareLinks ?? []).map((link) => [new URL(link).pathname, post])),
  );

  const find = createFinder(PLATFORM, TIKTOK_POSTS, endlessTiktok, world);

  const answerPage = (id: string, request: SiteRequest): Answer => {
    const post = find(id);
    const fault = post && world.pageFault(PLATFORM, post, request);
    if (fault === 'login') return redirect('https://www.tiktok.com/login?redirect_url=lab');
    if (fault === 'rate-limit') return html('Too many requests', 429);
    if (fault === 'page-500') return html('Internal error', 500);
    if (fault === 'page-hang') return hang;
    if (fault === 'challenge') return html('<p>Please wait...</p><script>/* are you a robot? */</script>');
    const status = post === undefined ? 10204 : fault === undefined ? 0 : STATUS[fault];
    if (post === undefined || status !== 0)
      return page('webapp.video-detail', { statusCode: status ?? 10204, statusMsg: "item doesn't exist" });
    return page('webapp.video-detail', { statusCode: 0, itemInfo: { itemStruct: buildItem(post, world) } });
  };

  const answerSite = (request: SiteRequest): Answer | undefined => {
    const [, id] = /^\/@[^/]*\/(?:video|photo)\/(\d+)\/?$/.exec(request.path) ?? [];
    if (id !== undefined) return answerPage(id, request);
    const shared = shares.get(request.path);
    if (shared !== undefined) return redirect(`${shared.url}?_t=8lab&_r=1`, 301);
    if (request.path === '/login') return html('Log in');
    return answerTiktokProfile(request, {
      ...{ world, find, buildPage: page },
      buildItem: (post) => buildItem(post, world),
    });
  };

  const answerMedia = (request: SiteRequest): Answer | undefined => {
    const [, id = '', index = ''] = /^\/video\/tos\/useast2a\/(\d+)\/(\d+)\/$/.exec(request.path) ?? [];
    const post = find(id);
    return post && world.serve(PLATFORM, post, Number(index), request);
  };

  const answerImage = (request: SiteRequest): Answer | undefined => {
    const [, id = '', index] = /^\/[\w-]+\/(\d+)(?:-(\d+))?~tplv/.exec(request.path) ?? [];
    const post = find(id);
    if (post === undefined) return undefined;
    return index === undefined ? world.serveCover(post) : world.serve(PLATFORM, post, Number(index), request);
  };

  return {
    platform: PLATFORM,
    hosts: ['www.tiktok.com', 'vm.tiktok.com', 'vt.tiktok.com', MEDIA_HOST, IMAGE_HOST],
    catalogue: TIKTOK_POSTS,
    session: { domain: '.tiktok.com', name: 'sessionid', valid: 'lab-tiktok-session' },
    find,
    profileUrl: (handle) => `https://www.tiktok.com/@${handle}`,
    endlessId: (n) => `7690000000000${String(n).padStart(6, '0')}`,
    answer(request) {
      if (request.host === MEDIA_HOST) return answerMedia(request);
      if (request.host === IMAGE_HOST) return answerImage(request);
      return answerSite(request);
    },
  };
};
