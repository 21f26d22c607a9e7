import { drip, hang, html, json, redirect } from '../answers.ts';
import type { Answer } from '../answers.ts';
import { pageOf } from '../profiles.ts';
import type { Profile } from '../profiles.ts';
import type { PostSpec, SiteRequest, World } from '../world.ts';

const PLATFORM = 'instagram';
const PAGE = 12;
const USER = 'PolarisProfilePageContentQuery';
const POSTS = 'PolarisProfilePostsTabContentQuery_connection';
/** Holds the numbers of Instagram's queries. */
export const SCRIPT_HOST = 'static.cdninstagram.com';
const SCRIPT = `https://${SCRIPT_HOST}/rsrc.php/v4/lab.js`;

interface Pages {
  readonly world: World;
  readonly login: string;
  readonly challenge: string;
  readonly isSignedIn: (request: SiteRequest) => boolean;
  readonly find: (id: string) => PostSpec | undefined;
  readonly buildProduct: (post: PostSpec) => Record<string, unknown>;
}

/** The scripts of the page of a profile. */
export const answerScript = (request: SiteRequest): Answer | undefined => {
  if (!request.path.startsWith('/rsrc.php/')) return undefined;
  const define = (name: string, number: number): string =>
    `__d("${name}_instagramRelayOperation",[],(function(t,n,r,o,a,i){a.exports="${number}"}),null);`;
  const body = `${define(USER, 1001)}\n${define(POSTS, 1002)}\n`.replaceAll('a.exports', ' exports');
  return { status: 200, headers: { 'content-type': 'text/javascript' }, body };
};

/** How asking for a profile fails; undefined when it does not. */
const failureOf = (profile: Profile, request: SiteRequest, { world, login, challenge }: Pages): Answer | undefined => {
  const fault = world.listFault(PLATFORM, profile, request);
  if (fault === 'rate-limit')
    return json({ message: 'Please wait a few minutes before you try again.', status: 'fail' }, 429);
  if (fault === 'page-500') return html('Oops, an error occurred.', 500);
  if (fault === 'page-hang') return hang;
  if (fault === 'challenge') return redirect(challenge);
  return fault === 'login' ? redirect(login) : undefined;
};

const answerPage = (handle: string, request: SiteRequest, pages: Pages): Answer | undefined => {
  const profile = pages.world.profile(PLATFORM, handle);
  if (!pages.isSignedIn(request)) return redirect(pages.login);
  if (profile === undefined) return html('Sorry, this page isn’t available.', 404);
  const failure = failureOf(profile, request, pages);
  if (failure !== undefined) return failure;
  return html(
    `<link rel="preload" href="${SCRIPT}" as="script">` +
      `<script type="application/json" id="__eqmc">${JSON.stringify({ l: 'lab-lsd', f: 'lab-dtsg' })}</script>` +
      `<script>{"profile_id":"${profile.id}","params":{"username":"${handle}"}}</script>`,
  );
};

interface Variables {
  readonly id?: string;
  readonly username?: string;
  readonly after?: string | null;
}

const answerUser = ({ id = '' }: Variables, request: SiteRequest, { world }: Pages): Answer => {
  const profile = world.profile(PLATFORM, id);
  if (profile === undefined) return json({ data: { user: null } });
  const closed = world.listFault(PLATFORM, profile, request) === 'private';
  return json({
    data: {
      user: {
        ...{ pk: profile.id, id: profile.id, username: profile.handle, full_name: profile.handle },
        is_private: closed,
        friendship_status: { following: !closed },
        followed_by_viewer: !closed,
      },
    },
  });
};

const answerPosts = ({ username = '', after }: Variables, request: SiteRequest, pages: Pages): Answer | undefined => {
  const profile = pages.world.profile(PLATFORM, username);
  if (profile === undefined) return undefined;
  const fault = pages.world.listFault(PLATFORM, profile, request);
  const from = Number(after ?? 0);
  if (from >= profile.endlessFrom) return drip;
  const { places, next } = pageOf(profile, from, fault === 'private' ? 0 : PAGE);
  const edges = places.flatMap((place) => {
    const post = pages.find(profile.idAt(place));
    return post === undefined ? [] : [{ node: pages.buildProduct(post) }];
  });
  const more = next !== undefined && fault !== 'private';
  const page_info = { has_next_page: more, end_cursor: more ? String(next) : null };
  return json({ data: { xdt_api__v1__feed__user_timeline_graphql_connection: { edges, page_info } } });
};

/** What Instagram answers about creators. */
export const answerInstagramProfile = (request: SiteRequest, pages: Pages): Answer | undefined => {
  if (request.path === '/api/graphql' || request.path === '/graphql/query') {
    const form = new URLSearchParams(request.body);
    const variables = JSON.parse(form.get('variables') ?? '{}') as Variables;
    const answer = form.get('fb_api_req_friendly_name') === USER ? answerUser : answerPosts;
    return answer(variables, request, pages);
  }
  const [, handle] = /^\/([\w.]+)\/?$/.exec(request.path) ?? [];
  return handle === undefined ? undefined : answerPage(handle, request, pages);
};
