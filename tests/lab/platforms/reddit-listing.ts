import { drip, html, json } from '../answers.ts';
import type { Answer } from '../answers.ts';
import { pageOf } from '../profiles.ts';
import type { Profile } from '../profiles.ts';
import type { PostSpec, SiteRequest, World } from '../world.ts';

const PLATFORM = 'reddit';
const PAGE = 25;

interface Pages {
  readonly world: World;
  /** The page on which guests end since May 2026. */
  readonly wall: string;
  readonly isSignedIn: (request: SiteRequest) => boolean;
  readonly find: (id: string) => PostSpec | undefined;
  readonly buildSubmission: (post: PostSpec) => Record<string, unknown>;
}

const userIdOf = ({ id }: Profile): string => id;

const refuse = (status: number, message: string, headers: Answer['headers'] = {}): Answer =>
  json({ message, error: status }, status, headers);

/** A page of what a person posts, or of a subreddit; posts that others made are in a subreddit only. */
const buildPosts = (profile: Profile, request: SiteRequest, { find, buildSubmission }: Pages): Answer => {
  const { searchParams } = request.url;
  const from = Number((searchParams.get('after') ?? 't3_0').slice(3));
  if (from >= profile.endlessFrom) return drip;
  const { places, next } = pageOf(profile, from, Number(searchParams.get('limit') ?? PAGE));
  const children = places.flatMap((place) => {
    const post = find(profile.idAt(place));
    const author = profile.reposts.has(place)
      ? {}
      : { author: profile.handle, author_fullname: `t2_${userIdOf(profile)}` };
    return post === undefined ? [] : [{ kind: 't3', data: { ...buildSubmission(post), ...author } }];
  });
  const after = next === undefined ? null : `t3_${next}`;
  return json({ kind: 'Listing', data: { after, before: null, dist: children.length, children } });
};

/** What Reddit's JSON says of people and subreddits. */
export const answerListing = (request: SiteRequest, pages: Pages): Answer | undefined => {
  const { world, wall, isSignedIn } = pages;
  const [, kind, name = '', tail = ''] = /^\/(user|r)\/(\w+)(?:\+\w+)*\/([\w/]*)\.json$/.exec(request.path) ?? [];
  const about = request.path.endsWith('/about.json');
  if (kind === undefined) return undefined;
  if (!isSignedIn(request)) return html(wall, 403);
  const profile = world.profile(PLATFORM, name);
  if (profile === undefined) return refuse(404, 'Not Found');
  const fault = world.listFault(PLATFORM, profile, request);
  if (fault === 'private') return json({ reason: 'private', message: 'Forbidden', error: 403 }, 403);
  if (fault === 'rate-limit')
    return refuse(429, 'Too Many Requests', { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': '30' });
  if (fault === 'page-500') return refuse(500, 'Internal Server Error');
  if (about) return json({ kind: 't2', data: { name, id: userIdOf(profile) } });
  return tail === '' || ['submitted/', 'saved/', 'upvoted/', 'new/', 'hot/', 'top/'].includes(tail)
    ? buildPosts(profile, request, pages)
    : undefined;
};
