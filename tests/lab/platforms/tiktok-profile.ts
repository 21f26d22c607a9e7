import { drip, hang, html, json } from '../answers.ts';
import type { Answer } from '../answers.ts';
import { pageOf } from '../profiles.ts';
import type { Profile } from '../profiles.ts';
import type { PostSpec, SiteRequest, World } from '../world.ts';

const PLATFORM = 'tiktok';
const PAGE = 15;
/** Cursors are times: the posts of a profile were made a second apart, the newest at this one. */
const NEWEST = 1_780_000_000;
const SEC_UID = 'MS4wLjABAAAA';

export interface TiktokPages {
  readonly world: World;
  readonly find: (id: string) => PostSpec | undefined;
  readonly buildItem: (post: PostSpec) => Record<string, unknown>;
  /** The page around a part of TikTok's state. */
  readonly buildPage: (scope: string, detail: Record<string, unknown>) => Answer;
}

const secUidOf = ({ id }: Profile): string => `${SEC_UID}${id.padStart(64, 'l')}`;

/** The page of a creator: it tells the number by which the posts are asked for. */
const answerUser = (handle: string, request: SiteRequest, { world, buildPage }: TiktokPages): Answer => {
  const profile = world.profile(PLATFORM, handle);
  if (profile === undefined) return buildPage('webapp.user-detail', { statusCode: 10221, userInfo: {} });
  const fault = world.listFault(PLATFORM, profile, request);
  if (fault === 'private') return buildPage('webapp.user-detail', { statusCode: 10222, userInfo: {} });
  if (fault === 'rate-limit') return html('Too many requests', 429);
  if (fault === 'page-500') return html('Internal error', 500);
  if (fault === 'page-hang') return hang;
  return buildPage('webapp.user-detail', {
    statusCode: 0,
    userInfo: {
      user: { id: profile.id, uniqueId: handle, nickname: handle, secUid: secUidOf(profile), privateAccount: false },
      stats: { videoCount: profile.total, followerCount: 12 },
    },
  });
};

const answerItems = ({ url }: SiteRequest, { world, find, buildItem }: TiktokPages): Answer | undefined => {
  const profile = world.profile(PLATFORM, (url.searchParams.get('secUid') ?? '').replace(/^MS4wLjABAAAAl*/, ''));
  if (profile === undefined) return undefined;
  const before = Number(url.searchParams.get('cursor')) / 1000;
  const from = before > NEWEST ? 0 : NEWEST - before + 1;
  if (from >= profile.endlessFrom) return drip;
  const { places, next } = pageOf(profile, from, PAGE);
  const itemList = places.flatMap((place) => {
    const post = find(profile.idAt(place));
    return post === undefined ? [] : [{ ...buildItem(post), createTime: NEWEST - place }];
  });
  return json({ statusCode: 0, itemList, hasMorePrevious: next !== undefined, cursor: String(NEWEST * 1000) });
};

/** What TikTok answers about creators. */
export const answerTiktokProfile = (request: SiteRequest, pages: TiktokPages): Answer | undefined => {
  if (request.path === '/api/creator/item_list/') return answerItems(request, pages);
  if (request.path.startsWith('/embed/@')) return html('Not found', 404);
  const [, handle] = /^\/@([\w.]+)\/?$/.exec(request.path) ?? [];
  return handle === undefined ? undefined : answerUser(handle, request, pages);
};
