import { hang, html, json, redirect } from '../answers.ts';
import type { Answer } from '../answers.ts';
import type { PostSpec, Site, SiteRequest, World } from '../world.ts';
import { createFinder } from '../world.ts';
import { answerInstagramProfile, answerScript, SCRIPT_HOST } from './instagram-profile.ts';
import { codeOf, endlessInstagram, INSTAGRAM_POSTS, pkOf } from './instagram-posts.ts';

const PLATFORM = 'instagram';
const MEDIA_HOST = 'scontent.cdninstagram.com';
const LOGIN = 'https://www.instagram.com/accounts/login/';
const CHALLENGE = 'https://www.instagram.com/challenge/?next=lab';
const SESSION = { domain: '.instagram.com', name: 'sessionid', valid: '6811112345678901234%3Alab%3A12' } as const;
const CSRF = { 'set-cookie': 'csrftoken=labcsrf; Domain=.instagram.com; Path=/; Secure' };

const buildMedium = (post: PostSpec, index: number, world: World): Record<string, unknown> => {
  const { recipe } = world.media.asset(post.media[index]?.asset ?? '');
  const pk = pkOf(post.id) + BigInt(post.media.length > 1 ? index + 1 : 0);
  const size = { width: recipe.width, height: recipe.height };
  const signed = '_nc_ht=scontent.cdninstagram.com&oe=6BD0A1F0&oh=00_lab';
  const image =
    recipe.kind === 'image' ? `v/t51.82787-15/${post.id}/${index}.jpg` : `v/t51.71878-15/${post.id}/cover.jpg`;
  return {
    pk: String(pk),
    id: `${pk}_${post.author.id}`,
    code: codeOf(pk),
    taken_at: post.at,
    media_type: recipe.kind === 'image' ? 1 : 2,
    original_width: recipe.width,
    original_height: recipe.height,
    image_versions2: { candidates: [{ url: `https://${MEDIA_HOST}/${image}?stp=dst-jpg_e35&${signed}`, ...size }] },
    ...(recipe.kind === 'video' && {
      video_duration: recipe.duration,
      has_audio: true,
      video_versions: [
        {
          id: `${post.id}v`,
          type: 101,
          ...size,
          url: `https://${MEDIA_HOST}/o1/v/t16/${post.id}/${index}.mp4?${signed}`,
        },
      ],
    }),
  };
};

const buildProduct = (post: PostSpec, world: World): Record<string, unknown> => {
  const media = post.media.map((_, index) => buildMedium(post, index, world));
  const user = {
    pk: post.author.id,
    id: post.author.id,
    username: post.author.handle,
    full_name: post.author.name,
    is_private: false,
  };
  const pk = String(pkOf(post.id));
  return {
    ...(media.length === 1
      ? media[0]
      : {
          media_type: 8,
          carousel_media: media,
          carousel_media_count: media.length,
          image_versions2: media[0]?.['image_versions2'],
        }),
    pk,
    id: `${pk}_${post.author.id}`,
    code: post.id,
    taken_at: post.at,
    user,
    owner: user,
    caption: { text: post.text, created_at: post.at },
    like_count: 20_481,
    comment_count: 312,
    has_liked: false,
    product_type: media.length > 1 ? 'carousel_container' : 'clips',
  };
};

/** The logged-out page: the post sits deep in one of its scripts. */
const buildPage = (post: PostSpec, world: World): Answer => {
  const result = {
    complete: true,
    result: { data: { xig_polaris_media: { if_not_gated_logged_out: buildProduct(post, world) } } },
  };
  const cache = [
    'RelayPrefetchedStreamCache',
    'next',
    [],
    ['adp_PolarisLoggedOutDesktopWWWPostRootContentQuery', { __bbox: result }],
  ];
  const data = { require: [['ScheduledServerJS', 'handle', null, [{ __bbox: { require: [cache] } }]]] };
  return html(
    `<script type="application/json" data-sjs>${JSON.stringify(data).replaceAll('<', String.raw`\u003c`)}</script>`,
  );
};

export const createInstagram = (world: World): Site => {
  const find = createFinder(PLATFORM, INSTAGRAM_POSTS, endlessInstagram, world);
  const shares = new Map(
    INSTAGRAM_POSTS.flatMap((post) => (post.shareLinks ?? []).map((link) => [new URL(link).pathname, post])),
  );
  const isSignedIn = (request: SiteRequest): boolean => {
    const value = request.cookies.get(SESSION.name);
    return value === SESSION.valid || value === decodeURIComponent(SESSION.valid);
  };

  const answerApi = (pk: string, request: SiteRequest): Answer => {
    if (!isSignedIn(request)) return redirect(`${LOGIN}?next=lab`);
    const post = find(codeOf(BigInt(pk)));
    const fault = post && world.pageFault(PLATFORM, post, request);
    if (post === undefined || fault === 'gone')
      return json({ message: 'Media not found or unavailable', status: 'fail' }, 404);
    if (fault === 'challenge') return redirect(CHALLENGE);
    if (fault === 'rate-limit')
      return json(
        { message: 'Please wait a few minutes before you try again.', require_login: true, status: 'fail' },
        429,
      );
    if (fault === 'page-500') return html('Oops, an error occurred.', 500);
    if (fault === 'page-hang') return hang;
    if (fault !== undefined) return redirect(`${LOGIN}?next=lab`);
    return json({ items: [buildProduct(post, world)], num_results: 1, more_available: false, status: 'ok' });
  };

  const answerPage = (code: string, request: SiteRequest): Answer => {
    const post = find(code);
    const fault = post && world.pageFault(PLATFORM, post, request);
    if (post === undefined || fault === 'gone') return html('Sorry, this page isn’t available.', 404);
    if (fault === 'challenge') return redirect(CHALLENGE);
    if (fault === 'rate-limit') return html('Too many requests', 429);
    if (fault === 'page-500') return html('Oops, an error occurred.', 500);
    if (fault === 'page-hang') return hang;
    if (fault !== undefined || (post.needsCookies === true && !isSignedIn(request))) return redirect(LOGIN);
    return buildPage(post, world);
  };

  const answerRuling = (request: SiteRequest): Answer => {
    const post = find(codeOf(BigInt(request.url.searchParams.get('target_id') ?? '0')));
    return post?.fault === 'members'
      ? json({
          title: 'Restricted Video',
          description: 'You must be 18 years old or over to see this video',
          status: 'ok',
        })
      : json({ status: 'ok' });
  };

  const answerSite = (request: SiteRequest): Answer | undefined => {
    const { path } = request;
    if (path === '/') return html('<script>["LSD",[],{"token":"labtoken"},323]</script>', 200, CSRF);
    if (path === '/accounts/login/' || path === '/challenge/') return html('Log in • Instagram');
    if (path === '/api/v1/web/get_ruling_for_content/') return answerRuling(request);
    const [, pk] = /^\/api\/v1\/media\/(\d+)\/info\/$/.exec(path) ?? [];
    if (pk !== undefined) return answerApi(pk, request);
    const shared = shares.get(path.replace(/\/$/, ''));
    if (shared !== undefined) return redirect(`${shared.url}?igsh=lab`);
    const [, code] = /^\/(?:p|tv|reels?)\/([\w-]+)\/?$/.exec(path) ?? [];
    if (code !== undefined) return answerPage(code, request);
    return answerInstagramProfile(request, {
      ...{ world, find, isSignedIn, login: LOGIN, challenge: CHALLENGE },
      buildProduct: (post) => buildProduct(post, world),
    });
  };

  const answerMedia = (request: SiteRequest): Answer | undefined => {
    const [, code = '', index = ''] = /\/([\w-]+)\/(\d+|cover)\.(?:jpg|mp4)$/.exec(request.path) ?? [];
    const post = find(code);
    if (post === undefined) return undefined;
    return index === 'cover' ? world.serveCover(post) : world.serve(PLATFORM, post, Number(index), request);
  };

  return {
    platform: PLATFORM,
    hosts: ['www.instagram.com', 'instagram.com', MEDIA_HOST, SCRIPT_HOST],
    catalogue: INSTAGRAM_POSTS,
    session: SESSION,
    find,
    profileUrl: (handle) => `https://www.instagram.com/${handle}/`,
    endlessId: (n) => `DdEnd${String(n).padStart(6, '0')}`,
    answer(request) {
      if (request.host === SCRIPT_HOST) return answerScript(request);
      return request.host === MEDIA_HOST ? answerMedia(request) : answerSite(request);
    },
  };
};
