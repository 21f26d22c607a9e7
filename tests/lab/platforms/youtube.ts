import { hang, html, json, redirect } from '../answers.ts';
import type { Answer } from '../answers.ts';
import type { Asset } from '../media/library.ts';
import type { Fault } from '../faults.ts';
import type { PostSpec, Site, SiteRequest, World } from '../world.ts';
import { createFinder } from '../world.ts';
import { answerChannel } from './youtube-channel.ts';
import { endlessYoutube, YOUTUBE_POSTS } from './youtube-posts.ts';

const PLATFORM = 'youtube';
const MEDIA_HOST = 'rr1---sn-lab.googlevideo.com';
const PLAYER = '1ab00001';

const REFUSALS: Partial<Record<Fault, readonly [status: string, reason: string]>> = {
  gone: ['ERROR', 'Video unavailable'],
  suspended: ['ERROR', 'Video unavailable'],
  private: ['LOGIN_REQUIRED', 'This is a private video. Please sign in to verify that you may see it.'],
  'rate-limit': ['LOGIN_REQUIRED', 'Sign in to confirm you’re not a bot'],
  challenge: ['LOGIN_REQUIRED', 'Sign in to confirm you’re not a bot'],
  geo: ['UNPLAYABLE', 'The uploader has not made this video available in your country'],
  members: [
    'UNPLAYABLE',
    'Join this channel to get access to members-only content like this video, and other exclusive perks.',
  ],
  login: ['LOGIN_REQUIRED', 'Sign in to confirm your age. This video may be inappropriate for some users.'],
};

const CODECS: Readonly<Record<string, string>> = {
  'video/mp4': 'avc1.64001f, mp4a.40.2',
  'video/webm': 'vp9, opus',
};

const mediaUrl = (post: PostSpec, itag: number, type: string): string =>
  `https://${MEDIA_HOST}/videoplayback?expire=4000000000&id=${post.id}&itag=${itag}&source=youtube&mime=${encodeURIComponent(type)}&ratebypass=yes`;

const buildStream = (
  post: PostSpec,
  itag: number,
  { recipe, bytes }: Asset,
  mimeType: string,
  tail = 0,
): Record<string, unknown> => ({
  itag,
  url: mediaUrl(post, itag, recipe.type),
  mimeType,
  bitrate: recipe.kind === 'audio' ? 128_000 : 2_400_000,
  contentLength: String(bytes.length + tail),
  approxDurationMs: String((recipe.duration ?? 0) * 1000),
  ...(recipe.kind === 'audio'
    ? { audioQuality: 'AUDIO_QUALITY_MEDIUM', audioSampleRate: '44100', audioChannels: 2 }
    : {
        width: recipe.width,
        height: recipe.height,
        fps: 24,
        quality: 'hd720',
        qualityLabel: `${Math.min(recipe.width, recipe.height)}p`,
      }),
});

const buildStreams = (post: PostSpec, world: World): Record<string, unknown> => {
  const medium = post.media[0];
  if (medium === undefined) return {};
  const picture = world.media.asset(medium.asset);
  const { type } = picture.recipe;
  const expiry = { expiresInSeconds: '21540' };
  if (medium.sound === undefined)
    return {
      ...expiry,
      formats: [
        buildStream(
          post,
          type === 'video/mp4' ? 18 : 43,
          picture,
          `${type}; codecs="${CODECS[type] ?? ''}"`,
          post.tail?.length,
        ),
      ],
    };
  return {
    ...expiry,
    adaptiveFormats: [
      buildStream(post, 136, picture, 'video/mp4; codecs="avc1.64001f"'),
      buildStream(post, 140, world.media.asset(medium.sound), 'audio/mp4; codecs="mp4a.40.2"'),
    ],
  };
};

const buildPlayerResponse = (post: PostSpec, fault: Fault | undefined, world: World): Record<string, unknown> => {
  const { recipe } = world.media.asset(post.media[0]?.asset ?? '');
  const [status, reason] = (fault && REFUSALS[fault]) ?? ['OK'];
  const seconds = String(Math.round(recipe.duration ?? 0));
  const channel = `UC${post.author.id.slice(-6)}LabChannel000000`;
  const day = new Date(post.at * 1000).toISOString();
  return {
    playabilityStatus: { status, ...(reason === undefined ? { playableInEmbed: true } : { reason }) },
    ...(reason === undefined && { streamingData: buildStreams(post, world) }),
    videoDetails: {
      videoId: post.id,
      title: post.text,
      lengthSeconds: seconds,
      channelId: channel,
      shortDescription: post.text,
      thumbnail: { thumbnails: [{ url: `https://i.ytimg.com/vi/${post.id}/hqdefault.jpg`, width: 480, height: 360 }] },
      viewCount: '128411',
      author: post.author.name,
      isLiveContent: false,
    },
    microformat: {
      playerMicroformatRenderer: {
        externalVideoId: post.id,
        title: { simpleText: post.text },
        lengthSeconds: seconds,
        ownerChannelName: post.author.name,
        ownerProfileUrl: `http://www.youtube.com/@${post.author.handle}`,
        externalChannelId: channel,
        publishDate: day,
        uploadDate: day,
        category: 'People & Blogs',
        isShortsEligible: post.name !== 'youtube-watch',
      },
    },
  };
};

export const createYoutube = (world: World): Site => {
  const find = createFinder(PLATFORM, YOUTUBE_POSTS, endlessYoutube, world);
  const unknown = { playabilityStatus: { status: 'ERROR', reason: 'Video unavailable' } };

  /** The player's answer for a video, or a whole answer if the request itself fails. */
  const playerOf = (id: string, request: SiteRequest): Answer | Record<string, unknown> => {
    const post = find(id);
    if (post === undefined) return { ...unknown, videoDetails: { videoId: id } };
    const fault = world.pageFault(PLATFORM, post, request);
    if (fault === 'page-500') return html('Internal error', 500);
    if (fault === 'page-hang') return hang;
    return buildPlayerResponse(post, fault, world);
  };

  const isAnswer = (value: Answer | Record<string, unknown>): value is Answer => 'status' in value;

  const answerWatch = (id: string, request: SiteRequest): Answer => {
    const player = playerOf(id, request);
    if (isAnswer(player)) return player;
    const data = {
      contents: { twoColumnWatchNextResults: { results: { results: { contents: [] } } } },
      currentVideoEndpoint: { watchEndpoint: { videoId: id } },
    };
    return buildPage(data, player);
  };

  const buildPage = (data: Record<string, unknown>, player?: Record<string, unknown>): Answer => {
    const settings = {
      INNERTUBE_API_VERSION: 'v1',
      INNERTUBE_CLIENT_VERSION: '2.20261101.00.00',
      PLAYER_JS_URL: `/s/player/${PLAYER}/player_ias.vflset/en_US/base.js`,
      VISITOR_DATA: 'CgtsYWJ2aXNpdG9y',
    };
    const script = (text: string): string => `<script>${text.replaceAll('</', String.raw`<\/`)}</script>`;
    return html(
      script(`ytcfg.set(${JSON.stringify(settings)});`) +
        (player === undefined ? '' : script(`var ytInitialPlayerResponse = ${JSON.stringify(player)};`)) +
        script(`var ytInitialData = ${JSON.stringify(data)};`),
    );
  };

  const answerSite = (request: SiteRequest): Answer | undefined => {
    const { path, url } = request;
    if (path === '/watch') return answerWatch(url.searchParams.get('v') ?? '', request);
    if (path === '/youtubei/v1/player') {
      const player = playerOf((JSON.parse(request.body) as { videoId?: string }).videoId ?? '', request);
      return isAnswer(player) ? player : json(player);
    }
    if (path === '/youtubei/v1/next') return json({ contents: {} });
    if (path === '/iframe_api')
      return {
        status: 200,
        body: `var scriptUrl = 'https:\\/\\/www.youtube.com\\/s\\/player\\/${PLAYER}\\/www-widgetapi.vflset\\/www-widgetapi.js';`,
      };
    if (path.startsWith(`/s/player/${PLAYER}/`))
      return { status: 200, headers: { 'content-type': 'text/javascript' }, body: 'var a={signatureTimestamp:20750};' };
    const [, word, id] = /^\/(shorts|embed)\/([\w-]{11})$/.exec(path) ?? [];
    if (id === undefined) return answerChannel(request, { world, find, buildPage });
    const post = find(id);
    if (word === 'embed')
      return html(
        `<script>ytcfg.set(${JSON.stringify({ INNERTUBE_CONTEXT: { client: { clientName: 'WEB_EMBEDDED_PLAYER', clientVersion: '1.20261101' } } })});</script>`,
      );
    return post?.name === 'youtube-watch'
      ? redirect(`https://www.youtube.com/watch?v=${id}`, 303)
      : html('<h1>Shorts</h1>', post === undefined ? 404 : 200);
  };

  const answerMedia = (request: SiteRequest): Answer | undefined => {
    const { searchParams } = request.url;
    const post = find(searchParams.get('id') ?? '');
    return (
      post &&
      world.serve(PLATFORM, post, 0, request, searchParams.get('itag') === '140' ? post.media[0]?.sound : undefined)
    );
  };

  return {
    platform: PLATFORM,
    hosts: ['www.youtube.com', 'youtube.com', 'youtu.be', 'i.ytimg.com', MEDIA_HOST],
    catalogue: YOUTUBE_POSTS,
    session: { domain: '.youtube.com', name: 'SID', valid: 'lab-youtube-session' },
    find,
    profileUrl: (handle) => `https://www.youtube.com/@${handle}/shorts`,
    endlessId: (n) => `endless${n.toString(36).padStart(4, '0')}`,
    answer(request) {
      if (request.host === MEDIA_HOST) return answerMedia(request);
      if (request.host === 'i.ytimg.com') {
        const post = find(request.path.split('/')[2] ?? '');
        return post && world.serveCover(post);
      }
      if (request.host === 'youtu.be')
        return redirect(`https://www.youtube.com/watch?v=${request.path.slice(1)}&feature=youtu.be`, 303);
      return answerSite(request);
    },
  };
};
