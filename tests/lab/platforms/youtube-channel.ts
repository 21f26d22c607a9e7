import { drip, hang, html, json } from '../answers.ts';
import type { Answer } from '../answers.ts';
import { pageOf } from '../profiles.ts';
import type { Profile } from '../profiles.ts';
import type { PostSpec, SiteRequest, World } from '../world.ts';

const PLATFORM = 'youtube';
const PAGE = 48;
const TOKEN = 'lab-token';
const CHANNEL = /^\/(?:@([\w.-]+)|channel\/UC-*(\d+))\/shorts$/;

interface Pages {
  readonly world: World;
  readonly find: (id: string) => PostSpec | undefined;
  /** A page with YouTube's state in its scripts. */
  readonly buildPage: (data: Record<string, unknown>) => Answer;
}

/** The number of a channel, which holds the profile's. */
export const channelIdOf = (id: string): string => `UC${id.padStart(22, '-')}`;

const buildShort = (post: PostSpec): unknown => ({
  richItemRenderer: {
    content: {
      shortsLockupViewModel: {
        entityId: `shorts-shelf-item-${post.id}`,
        accessibilityText: `${post.text}, 128 thousand views - play Short`,
        onTap: { innertubeCommand: { reelWatchEndpoint: { videoId: post.id } } },
        overlayMetadata: { primaryText: { content: post.text }, secondaryText: { content: '128K views' } },
      },
    },
  },
});

/** A page of the Shorts tab, and the way to the next. */
const buildItems = (profile: Profile, from: number, find: Pages['find']): unknown[] => {
  const { places, next } = pageOf(profile, from, PAGE);
  const shorts = places.flatMap((place) => find(profile.idAt(place)) ?? []).map(buildShort);
  if (next === undefined) return shorts;
  const token = `${TOKEN} ${profile.id} ${next}`;
  return [
    ...shorts,
    { continuationItemRenderer: { continuationEndpoint: { continuationCommand: { token, request: 'BROWSE' } } } },
  ];
};

const buildTab = (word: string, channel: string, content?: unknown): unknown => ({
  tabRenderer: {
    title: word,
    endpoint: { commandMetadata: { webCommandMetadata: { url: `/channel/${channel}/${word.toLowerCase()}` } } },
    ...(content !== undefined && { selected: true, content }),
  },
});

/** How asking for a channel fails; undefined when it does not. */
const failureOf = (profile: Profile, request: SiteRequest, { world }: Pages): Answer | undefined => {
  const fault = world.listFault(PLATFORM, profile, request);
  if (fault === 'rate-limit') return html('Too many requests', 429);
  if (fault === 'page-500') return html('Internal error', 500);
  return fault === 'page-hang' ? hang : undefined;
};

const findChannel = (path: string, { world }: Pages): Profile | undefined => {
  const [, handle, number] = CHANNEL.exec(path) ?? [];
  return world.profile(PLATFORM, handle ?? number ?? '');
};

/** Where an address leads; asked by yt-dlp when the page itself could not be had. */
const answerResolve = (request: SiteRequest, pages: Pages): Answer => {
  const { url = '' } = JSON.parse(request.body) as { url?: string };
  const profile = URL.canParse(url) ? findChannel(new URL(url).pathname, pages) : undefined;
  const failure = profile && failureOf(profile, request, pages);
  return failure ?? json({ error: { code: 404, message: 'Requested entity was not found.' } }, 404);
};

const answerTab = (profile: Profile, request: SiteRequest, pages: Pages): Answer => {
  const { find, buildPage } = pages;
  const failure = failureOf(profile, request, pages);
  if (failure !== undefined) return failure;
  const channel = channelIdOf(profile.id);
  const grid = { richGridRenderer: { contents: buildItems(profile, 0, find) } };
  // A channel without Shorts has no such tab: its first one is shown.
  const tabs =
    profile.total === 0
      ? [buildTab('Featured', channel, { sectionListRenderer: { contents: [] } })]
      : [buildTab('Featured', channel), buildTab('Shorts', channel, grid)];
  return buildPage({
    contents: { twoColumnBrowseResultsRenderer: { tabs } },
    metadata: {
      channelMetadataRenderer: {
        title: profile.handle,
        externalId: channel,
        vanityChannelUrl: `http://www.youtube.com/@${profile.handle}`,
      },
    },
  });
};

const answerContinuation = ({ body }: SiteRequest, { world, find }: Pages): Answer | undefined => {
  const { continuation = '' } = JSON.parse(body) as { continuation?: string };
  const [word, id = '', place] = continuation.split(' ');
  const profile = word === TOKEN ? world.profile(PLATFORM, id) : undefined;
  if (profile === undefined) return undefined;
  const from = Number(place);
  if (from >= profile.endlessFrom) return drip;
  const continuationItems = buildItems(profile, from, find);
  return json({ onResponseReceivedActions: [{ appendContinuationItemsAction: { continuationItems } }] });
};

/** What YouTube answers about channels. */
export const answerChannel = (request: SiteRequest, pages: Pages): Answer | undefined => {
  if (request.path === '/youtubei/v1/browse') return answerContinuation(request, pages);
  if (request.path === '/youtubei/v1/navigation/resolve_url') return answerResolve(request, pages);
  if (!CHANNEL.test(request.path)) return undefined;
  const profile = findChannel(request.path, pages);
  return profile === undefined ? html('404 Not Found', 404) : answerTab(profile, request, pages);
};
