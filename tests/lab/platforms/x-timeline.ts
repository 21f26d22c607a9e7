import { drip, json } from '../answers.ts';
import type { Answer } from '../answers.ts';
import { pageOf } from '../profiles.ts';
import type { Profile } from '../profiles.ts';
import type { PostSpec, World } from '../world.ts';
import { buildTweet, buildUserOf } from './x-tweet.ts';

const PAGE = 20;
const CURSOR = 'lab-cursor-';

/** Answers of X's GraphQL about a profile. */
export const answerUser = (profile: Profile | undefined): Answer =>
  json({
    data: profile === undefined ? {} : { user: { result: buildUserOf(profile.id, profile.handle, profile.handle) } },
  });

interface Entry {
  readonly entryId: string;
  readonly [field: string]: unknown;
}

/** A retweet: a post of the profile's own that holds the other's. */
const wrap = (original: Record<string, unknown>, profile: Profile, place: number): Record<string, unknown> => {
  const id = String(2_096_000_000_000_000_000n - BigInt(place));
  const { legacy } = original as { legacy: Record<string, unknown> };
  const { extended_entities: _, ...plain } = legacy;
  return {
    ...original,
    rest_id: id,
    core: { user_results: { result: buildUserOf(profile.id, profile.handle, profile.handle) } },
    legacy: {
      ...plain,
      id_str: id,
      user_id_str: profile.id,
      full_text: `RT @other: ${String(legacy['full_text'])}`,
      retweeted_status_result: { result: original },
    },
  };
};

/** Where each of X's timelines stands in its answer. */
const PATHS = {
  UserMedia: ['user', 'result', 'timeline', 'timeline'],
  UserTweets: ['user', 'result', 'timeline', 'timeline'],
  Likes: ['user', 'result', 'timeline', 'timeline'],
  Bookmarks: ['bookmark_timeline_v2', 'timeline'],
  ListLatestTweetsTimeline: ['list', 'tweets_timeline', 'timeline'],
  SearchTimeline: ['search_by_raw_query', 'search_timeline', 'timeline'],
} as const;

export type Timeline = keyof typeof PATHS;

export const isTimeline = (operation: string): operation is Timeline => Object.hasOwn(PATHS, operation);

/** Where a page begins: at a cursor or, in a search, at a post's number. */
const placeOf = (profile: Profile, cursor: string | undefined): number => {
  if (cursor?.startsWith(CURSOR) === true) return Number(cursor.slice(CURSOR.length));
  const most = /^max_id:(\d+)$/.exec(cursor ?? '')?.[1];
  if (most === undefined) return 0;
  let place = 0;
  while (place < profile.total && BigInt(profile.idAt(place)) > BigInt(most)) place += 1;
  return place;
};

/** A page of a profile's media (a grid, without reposts), of its posts, or of a list. */
export const answerTimeline = (
  kind: Timeline,
  profile: Profile,
  cursor: string | undefined,
  find: (id: string) => PostSpec | undefined,
  world: World,
): Answer => {
  const from = placeOf(profile, cursor);
  if (from >= profile.endlessFrom) return drip;
  const { places, next } = pageOf(profile, from, PAGE);
  const tweets = places.flatMap((place) => {
    const post = find(profile.idAt(place));
    if (post === undefined || (kind === 'UserMedia' && (post.media.length === 0 || profile.reposts.has(place))))
      return [];
    const tweet = buildTweet(post, world);
    return [profile.reposts.has(place) ? wrap(tweet, profile, place) : tweet];
  });
  const content = (tweet: unknown): unknown => ({ itemContent: { tweet_results: { result: tweet } } });
  const idOf = (tweet: Record<string, unknown>): string => String(tweet['rest_id']);
  const entries: Entry[] =
    kind !== 'UserMedia'
      ? tweets.map((tweet) => ({ entryId: `tweet-${idOf(tweet)}`, sortIndex: idOf(tweet), content: content(tweet) }))
      : [
          {
            entryId: 'profile-grid-0',
            content: {
              items: tweets.map((tweet) => ({ entryId: `profile-grid-0-tweet-${idOf(tweet)}`, item: content(tweet) })),
            },
          },
        ];
  const bottom: Entry[] =
    next === undefined ? [] : [{ entryId: `cursor-bottom-${next}`, content: { value: `${CURSOR}${next}` } }];
  const instructions = [{ type: 'TimelineAddEntries', entries: [...entries, ...bottom] }];
  return json({ data: PATHS[kind].reduceRight<unknown>((value, name) => ({ [name]: value }), { instructions }) });
};
