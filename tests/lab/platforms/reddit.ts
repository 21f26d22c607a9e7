import { html, json, redirect, xml } from '../answers.ts';
import type { Answer } from '../answers.ts';
import type { PostSpec, Site, SiteRequest, World } from '../world.ts';
import { createFinder } from '../world.ts';
import { answerListing } from './reddit-listing.ts';
import { endlessReddit, endlessRedditId, permalinkOf, REDDIT_POSTS, SUBREDDIT, videoIdOf } from './reddit-posts.ts';

const PLATFORM = 'reddit';
const SESSION = { domain: '.reddit.com', name: 'reddit_session', valid: 'lab-reddit-session' } as const;
const WALL = '<div class="-content-strong">You\'ve been blocked by network security.</div><p>Log in to continue.</p>';

const imageName = (post: PostSpec, index: number, type: string): string =>
  `${post.id}i${index}lab.${type.slice(6).replace('jpeg', 'jpg')}`;

const buildVideo = (post: PostSpec, world: World): Record<string, unknown> => {
  const video = `https://v.redd.it/${videoIdOf(post)}`;
  const { recipe } = world.media.asset(post.media[0]?.asset ?? '');
  const facts = {
    bitrate_kbps: 1200,
    fallback_url: `${video}/DASH_360.mp4?source=fallback`,
    scrubber_media_url: `${video}/DASH_96.mp4`,
    dash_url: `${video}/DASHPlaylist.mpd?a=1799999999%2Clab&v=1&f=sd`,
    hls_url: `${video}/HLSPlaylist.m3u8?a=1799999999%2Clab&v=1&f=sd`,
    width: recipe.width,
    height: recipe.height,
    duration: recipe.duration,
    has_audio: post.media[0]?.sound !== undefined,
    is_gif: false,
    transcoding_status: 'completed',
  };
  return {
    url: video,
    domain: 'v.redd.it',
    is_video: true,
    media: { reddit_video: facts },
    secure_media: { reddit_video: facts },
  };
};

const buildGallery = (post: PostSpec, world: World): Record<string, unknown> => {
  const images = post.media.map(({ asset }, index) => ({
    ...world.media.asset(asset).recipe,
    id: `${post.id}i${index}lab`,
    index,
  }));
  return {
    url: `https://www.reddit.com/gallery/${post.id}`,
    is_gallery: true,
    gallery_data: { items: images.map(({ id }, index) => ({ media_id: id, id: index + 1 })) },
    media_metadata: Object.fromEntries(
      images.map(({ id, type, width, height, index }) => [
        id,
        {
          status: 'valid',
          e: 'Image',
          m: type,
          id,
          p: [],
          s: { u: `https://preview.redd.it/${imageName(post, index, type)}?width=1080&s=lab`, x: width, y: height },
        },
      ]),
    ),
  };
};

const buildMedia = (post: PostSpec, world: World): Record<string, unknown> => {
  const first = post.media[0];
  if (first === undefined)
    return {
      url: `https://www.reddit.com${permalinkOf(post)}`,
      is_self: true,
      selftext: 'Going for two weeks, one bag.',
      selftext_html: '<p>Going for two weeks, one bag.</p>',
    };
  if (post.kind === 'gallery') return buildGallery(post, world);
  if (post.kind === 'video') return buildVideo(post, world);
  return {
    url: `https://i.redd.it/${imageName(post, 0, world.media.asset(first.asset).recipe.type)}`,
    domain: 'i.redd.it',
    post_hint: 'image',
  };
};

const buildSubmission = (post: PostSpec, world: World): Record<string, unknown> => ({
  id: post.id,
  name: `t3_${post.id}`,
  title: post.text,
  author: post.author.handle,
  author_fullname: `t2_${post.author.id.slice(-6)}`,
  subreddit: SUBREDDIT,
  permalink: permalinkOf(post),
  created_utc: post.at,
  ups: 4812,
  downs: 0,
  num_comments: 213,
  over_18: false,
  is_self: false,
  is_video: false,
  media: null,
  secure_media: null,
  selftext: '',
  selftext_html: null,
  thumbnail: `https://b.thumbs.redditmedia.com/${post.id}.jpg`,
  preview: {
    enabled: true,
    images: [
      {
        source: { url: `https://preview.redd.it/${post.id}cover.jpg?s=lab`, width: 1080, height: 1350 },
        resolutions: [],
      },
    ],
  },
  ...buildMedia(post, world),
});

/** The manifest of a video: two sizes of picture and, where there is one, the sound. */
const buildManifest = (post: PostSpec, world: World): string => {
  const { recipe } = world.media.asset(post.media[0]?.asset ?? '');
  const picture = (id: number, width: number, height: number, bandwidth: number, file: string): string =>
    `<Representation id="${id}" mimeType="video/mp4" codecs="avc1.64001f" width="${width}" height="${height}" frameRate="24" bandwidth="${bandwidth}"><BaseURL>${file}</BaseURL></Representation>`;
  const sound =
    post.media[0]?.sound === undefined
      ? ''
      : '<AdaptationSet contentType="audio" id="1"><Representation id="a" mimeType="audio/mp4" codecs="mp4a.40.2" audioSamplingRate="44100" bandwidth="96000"><BaseURL>DASH_AUDIO_128.mp4</BaseURL></Representation></AdaptationSet>';
  const pictures =
    picture(1, 360, 640, 300_000, 'DASH_360.mp4') + picture(2, recipe.width, recipe.height, 1_200_000, 'DASH_720.mp4');
  return `<?xml version="1.0" encoding="UTF-8"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011" type="static" minBufferTime="PT1.5S" mediaPresentationDuration="PT${recipe.duration ?? 1}S"><Period id="0"><AdaptationSet contentType="video" id="0">${pictures}</AdaptationSet>${sound}</Period></MPD>\n`;
};

export const createReddit = (world: World): Site => {
  const find = createFinder(PLATFORM, REDDIT_POSTS, endlessReddit, world);
  const shares = new Map(
    REDDIT_POSTS.flatMap((post) => (post.shareLinks ?? []).map((link) => [new URL(link).pathname, post])),
  );

  const answerJson = (id: string, request: SiteRequest): Answer => {
    const post = find(id);
    const fault = post && world.pageFault(PLATFORM, post, request);
    if (post === undefined || fault === 'gone' || fault === 'suspended')
      return json({ message: 'Not Found', error: 404 }, 404);
    if (fault === 'private') return json({ reason: 'private', message: 'Forbidden', error: 403 }, 403);
    if (fault === 'members') return json({ reason: 'quarantined', message: 'Forbidden', error: 403 }, 403);
    if (fault === 'login' || fault === 'challenge') return html(WALL, 403);
    if (fault === 'rate-limit')
      return json({ message: 'Too Many Requests', error: 429 }, 429, {
        'x-ratelimit-remaining': '0',
        'x-ratelimit-reset': String(world.resetSeconds(PLATFORM, post)),
        'x-ratelimit-used': '100',
      });
    if (fault === 'page-500') return json({ message: 'Internal Server Error', error: 500 }, 500);
    if (fault === 'page-hang') return { status: 200, trouble: 'hang' };
    const listing = (children: unknown[]): unknown => ({
      kind: 'Listing',
      data: { after: null, before: null, dist: children.length, children },
    });
    return json([listing([{ kind: 't3', data: buildSubmission(post, world) }]), listing([])]);
  };

  const answerSite = (request: SiteRequest): Answer | undefined => {
    // Who is asking; a guest gets no name.
    if (request.path === '/api/me.json')
      return json({ kind: 't2', data: request.cookies.get(SESSION.name) === SESSION.valid ? { name: 'lab' } : {} });
    const [, id, tail] =
      /^\/(?:(?:r|u|user)\/[\w-]+\/)?(?:comments|gallery)\/([a-z0-9]+)(\/.*)?$/.exec(request.path) ?? [];
    if (id !== undefined)
      return tail?.endsWith('/.json') === true
        ? answerJson(id, request)
        : html(`<h1>${find(id)?.author.name ?? 'page not found'}</h1>`, find(id) === undefined ? 404 : 200);
    const shared = shares.get(request.path);
    if (shared !== undefined) return redirect(`${shared.url}?share_id=lab&utm_name=ioscss`, 301);
    return answerListing(request, {
      ...{ world, find, wall: WALL },
      isSignedIn: ({ cookies }) => cookies.get(SESSION.name) === SESSION.valid,
      buildSubmission: (post) => buildSubmission(post, world),
    });
  };

  const answerVideo = (request: SiteRequest): Answer | undefined => {
    const [, id = '', file = ''] = /^\/([a-z0-9]+)x7lab(?:\/([\w.]+))?$/.exec(request.path) ?? [];
    const post = find(id);
    if (post === undefined) return undefined;
    if (file === '') return redirect(post.url);
    if (file === 'HLSPlaylist.m3u8') return { status: 403, body: '' };
    if (file === 'DASHPlaylist.mpd') return xml(buildManifest(post, world));
    if (file === 'DASH_AUDIO_128.mp4') return world.serve(PLATFORM, post, 0, request, post.media[0]?.sound);
    if (file === 'DASH_720.mp4') return world.serve(PLATFORM, post, 0, request);
    if (file === 'DASH_360.mp4') return world.serve(PLATFORM, post, 0, request, 'dash-video-360.mp4');
    return undefined;
  };

  const answerImage = (request: SiteRequest): Answer | undefined => {
    const [, id = '', index, cover] = /^\/([a-z0-9]+?)(?:i(\d+)lab|(cover))\.\w+$/.exec(request.path) ?? [];
    const post = find(id);
    if (post === undefined) return undefined;
    return cover === undefined ? world.serve(PLATFORM, post, Number(index), request) : world.serveCover(post);
  };

  return {
    platform: PLATFORM,
    hosts: [
      'www.reddit.com',
      'old.reddit.com',
      'redd.it',
      'v.redd.it',
      'i.redd.it',
      'preview.redd.it',
      'b.thumbs.redditmedia.com',
    ],
    catalogue: REDDIT_POSTS,
    session: SESSION,
    find,
    profileUrl: (handle) => `https://www.reddit.com/user/${handle}/`,
    endlessId: endlessRedditId,
    answer(request) {
      if (request.host === 'v.redd.it') return answerVideo(request);
      if (request.host === 'redd.it') return redirect(`https://www.reddit.com/comments${request.path}`, 301);
      if (request.host === 'old.reddit.com' && request.path === '/')
        return html('old reddit', 200, { 'set-cookie': 'loid=000000000lab; Domain=.reddit.com; Path=/; Secure' });
      if (request.host === 'b.thumbs.redditmedia.com')
        return world.serveCover(find(request.path.slice(1, -4)) ?? (REDDIT_POSTS[0] as PostSpec));
      return request.host.endsWith('reddit.com') ? answerSite(request) : answerImage(request);
    },
  };
};
