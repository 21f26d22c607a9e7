import { hang, html, json, redirect } from '../answers.ts';
import type { Answer } from '../answers.ts';
import type { PostSpec, Site, SiteRequest, World } from '../world.ts';
import { createFinder } from '../world.ts';
import { endlessX, X_POSTS } from './x-posts.ts';
import { answerTimeline, answerUser, isTimeline } from './x-timeline.ts';
import { buildTweet, HOME_PAGE, ONDEMAND_SCRIPT } from './x-tweet.ts';

const PLATFORM = 'x';

interface Variables {
  readonly tweetId?: string;
  readonly focalTweetId?: string;
  readonly screen_name?: string;
  readonly userId?: string;
  readonly listId?: string;
  readonly rawQuery?: string;
  readonly cursor?: string;
}

const SESSION = { domain: '.x.com', name: 'auth_token', valid: 'lab-x-session' } as const;

const variablesOf = (url: URL): Variables => JSON.parse(url.searchParams.get('variables') ?? '{}') as Variables;

const limited = (): Answer => ({
  status: 429,
  headers: {
    'x-rate-limit-limit': '50',
    'x-rate-limit-remaining': '0',
    'x-rate-limit-reset': String(Math.floor(Date.now() / 1000) + 900),
  },
  body: 'Rate limit exceeded\n',
});

const unavailable = (reason: string): Record<string, unknown> => ({ __typename: 'TweetUnavailable', reason });

export const createX = (world: World): Site => {
  const find = createFinder(PLATFORM, X_POSTS, endlessX, world);
  const shares = new Map(
    X_POSTS.flatMap((post) => (post.shareLinks ?? []).map((link) => [new URL(link).pathname, post])),
  );

  /** The post's `result`, or a whole answer if the request itself fails. */
  const resultOf = (post: PostSpec | undefined, request: SiteRequest): { result?: unknown; answer?: Answer } => {
    const fault = post && world.pageFault(PLATFORM, post, request);
    if (post === undefined || fault === 'gone') return {};
    if (fault === 'rate-limit') return { answer: limited() };
    if (fault === 'page-500') return { answer: { status: 503, body: 'Over capacity\n' } };
    if (fault === 'page-hang') return { answer: hang };
    if (fault === 'suspended') return { result: unavailable('Suspended') };
    if (fault === 'private') return { result: unavailable('Protected') };
    if (fault !== undefined) return { result: unavailable('NsfwLoggedOut') };
    return { result: buildTweet(post, world) };
  };

  /** The pages of a profile or a list; guests are shown none. */
  const answerProfile = (operation: string, request: SiteRequest): Answer | undefined => {
    const { screen_name: handle, userId, listId, rawQuery, cursor } = variablesOf(request.url);
    const [, tag, before] = /^#(\w+)(?: (max_id:\d+))?$/.exec(rawQuery ?? '') ?? [];
    const profile = world.profile(PLATFORM, handle ?? userId ?? listId ?? tag ?? operation);
    if (operation === 'UserByScreenName' || operation === 'UserByRestId') return answerUser(profile);
    if (!isTimeline(operation)) return undefined;
    if (request.cookies.get(SESSION.name) !== SESSION.valid || profile === undefined)
      return json({ errors: [{ message: 'Not Found' }] }, 404);
    const fault = world.listFault(PLATFORM, profile, request);
    if (fault === 'rate-limit') return limited();
    if (fault === 'page-500') return { status: 503, body: 'Over capacity\n' };
    if (fault === 'page-hang') return hang;
    return answerTimeline(operation, profile, before ?? cursor, find, world);
  };

  const answerGraphql = (operation: string, request: SiteRequest): Answer | undefined => {
    if (operation.startsWith('User') || isTimeline(operation)) return answerProfile(operation, request);
    const { tweetId, focalTweetId } = variablesOf(request.url);
    const id = tweetId ?? focalTweetId ?? '';
    const { result, answer } = resultOf(find(id), request);
    if (answer !== undefined) return answer;
    if (operation === 'TweetResultByRestId')
      return json({ data: { tweetResult: result === undefined ? {} : { result } } });
    if (operation !== 'TweetDetail') return undefined;
    const entries =
      result === undefined
        ? []
        : [{ entryId: `tweet-${id}`, sortIndex: id, content: { itemContent: { tweet_results: { result } } } }];
    return json({
      data: { threaded_conversation_with_injections_v2: { instructions: [{ type: 'TimelineAddEntries', entries }] } },
    });
  };

  const answerSite = (request: SiteRequest): Answer | undefined => {
    const [, operation] = /^\/i\/api\/graphql\/[\w-]+\/(\w+)$/.exec(request.path) ?? [];
    if (operation !== undefined) return answerGraphql(operation, request);
    if (request.path === '/home')
      return request.cookies.get(SESSION.name) === SESSION.valid
        ? html(HOME_PAGE)
        : redirect('https://x.com/i/flow/login');
    if (request.path === '/i/jf/') return html(HOME_PAGE);
    const [, id] = /^\/\w+\/status\/(\d+)/.exec(request.path) ?? [];
    return id === undefined ? undefined : html('<h1>X</h1>');
  };

  const answerMedia = (request: SiteRequest): Answer | undefined => {
    const [, id = '', index = ''] = /\/L(\d+)i(\d+)/.exec(request.path) ?? [];
    const post = find(id);
    if (post === undefined) return undefined;
    if (request.path.startsWith('/ext_tw_video_thumb/')) return world.serveCover(post);
    return world.serve(
      PLATFORM,
      post,
      Number(index),
      request,
      request.path.includes('/180x320/') ? 'small.mp4' : undefined,
    );
  };

  return {
    platform: PLATFORM,
    hosts: [
      'x.com',
      'twitter.com',
      'api.x.com',
      't.co',
      'pbs.twimg.com',
      'video.twimg.com',
      'cdn.syndication.twimg.com',
      'abs.twimg.com',
    ],
    catalogue: X_POSTS,
    session: SESSION,
    find,
    profileUrl: (handle) => `https://x.com/${handle}`,
    endlessId: (n) => `2095000000000${String(n).padStart(6, '0')}`,
    answer(request) {
      const { host, path } = request;
      if (host === 'api.x.com' && path === '/1.1/guest/activate.json')
        return json({ guest_token: '2091000000000000777' });
      if (host === 'pbs.twimg.com' || host === 'video.twimg.com') return answerMedia(request);
      if (host === 'cdn.syndication.twimg.com' && path === '/tweet-result') return json({}, 404);
      if (host === 'abs.twimg.com' && path.includes('/ondemand.s.'))
        return { status: 200, headers: { 'content-type': 'text/javascript' }, body: ONDEMAND_SCRIPT };
      if (host === 't.co') {
        const post = shares.get(path);
        return post && redirect(`${post.url}?s=20`, 301);
      }
      return host === 'x.com' || host === 'twitter.com' ? answerSite(request) : undefined;
    },
  };
};
