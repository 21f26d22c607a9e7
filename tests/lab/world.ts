import type { IncomingMessage } from 'node:http';
import { hang } from './answers.ts';
import type { Answer, MediaBody } from './answers.ts';
import { FAULTS } from './faults.ts';
import type { Fault, FaultBook } from './faults.ts';
import type { MediaLibrary } from './media/library.ts';
import { itemOf } from './media/library.ts';
import { buildFreeBox } from './media/mp4.ts';
import type { Profile } from './profiles.ts';
import type { FailureCode } from '@mediafetcher/sdk';
import type { LabItem, LabPost, Platform, PostKind } from './types.ts';

export interface Author {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
}

/** A medium of a post by the name of its asset; `sound` is a second file that a tool merges into it. */
export interface PostMedium {
  readonly asset: string;
  readonly sound?: string;
}

/** What a platform file says about one of its posts. */
export interface PostSpec {
  readonly name: string;
  readonly id: string;
  readonly kind: PostKind;
  readonly author: Author;
  /** Caption; its first line is the title. */
  readonly text: string;
  /** Seconds since the epoch. */
  readonly at: number;
  readonly media: readonly PostMedium[];
  readonly url: string;
  readonly spellings?: readonly string[];
  readonly shareLinks?: readonly string[];
  readonly needsCookies?: boolean;
  readonly fault?: Fault;
  /** Codes of a failure that no fault explains. @default none: the fault's, or the post completes */
  readonly accepted?: readonly FailureCode[];
  readonly about: string;
  /** Bytes added to the first medium, which makes an endless post's file its own. */
  readonly tail?: Buffer;
  readonly bytesPerSecond?: number | undefined;
}

/** A request as the platforms see it. */
export interface SiteRequest {
  readonly method: string;
  readonly url: URL;
  readonly host: string;
  readonly path: string;
  readonly cookies: ReadonlyMap<string, string>;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** One platform of the stand-in. */
export interface Site {
  readonly platform: Platform;
  /** Exact hosts, or `.suffix` for all under it. */
  readonly hosts: readonly string[];
  readonly catalogue: readonly PostSpec[];
  /** The post of an id, from the catalogue or the endless range. */
  readonly find: (id: string) => PostSpec | undefined;
  /** Id number `n` of the endless range. */
  readonly endlessId: (n: number) => string;
  /** What a person would paste for a creator. */
  readonly profileUrl: (handle: string) => string;
  /** Cookie name and value of a session. */
  readonly session: { readonly domain: string; readonly name: string; readonly valid: string };
  answer(request: SiteRequest): Answer | undefined;
}

/** What the platforms share: posts by id, faults, and the serving of media. */
export interface World {
  readonly media: MediaLibrary;
  /** Fault of the post's page that this request meets. */
  pageFault(platform: Platform, post: PostSpec, request: SiteRequest): Fault | undefined;
  /** A creator or a list that a test has made, by handle or number. */
  profile(platform: Platform, name: string): Profile | undefined;
  /** Fault of a page of a profile that this request meets; its name is `profile:HANDLE`. */
  listFault(platform: Platform, profile: Profile, request: SiteRequest): Fault | undefined;
  /** Serves medium `index` of a post (or another asset in its name), with the post's faults and throttles. */
  serve(
    platform: Platform,
    post: PostSpec,
    index: number,
    request: SiteRequest,
    assetName?: string,
  ): Answer | undefined;
  /** Serves a post's cover picture. */
  serveCover(post: PostSpec): Answer;
  /** What `lab.endless` asked for this post. */
  endlessOptions(key: string): EndlessMedium;
  /** What a rate limit of the post says of its end, in seconds. */
  resetSeconds(platform: Platform, post: PostSpec): number;
}

/** The medium of an endless post. */
export interface EndlessMedium {
  readonly asset: string;
  readonly bytesPerSecond?: number | undefined;
}

export const keyOf = (platform: Platform, post: PostSpec): string => `${platform}:${post.id}`;

const titleOf = (text: string): string => text.split('\n')[0] ?? '';

const itemsOf = (post: PostSpec, media: MediaLibrary): LabItem[] =>
  post.media.map(({ asset, sound }, index) => {
    const item = itemOf(media.asset(asset), index === 0 ? post.tail : undefined);
    if (sound === undefined) return item;
    const audio = media.asset(sound);
    return { ...item, separateSound: { sha256: audio.sha256, size: audio.bytes.length } };
  });

/** A platform's post as tests and the demo see it. */
export const describePost = (platform: Platform, post: PostSpec, media: MediaLibrary): LabPost => {
  const accepted = post.accepted ?? (post.fault === undefined ? [] : FAULTS[post.fault]);
  return {
    name: post.name,
    key: keyOf(platform, post),
    platform,
    url: post.url,
    spellings: post.spellings ?? [],
    shareLinks: post.shareLinks ?? [],
    title: titleOf(post.text),
    author: post.author.handle,
    kind: post.kind,
    needsCookies: post.needsCookies ?? false,
    items: itemsOf(post, media),
    outcome: accepted[0] ?? 'completed',
    accepted,
    about: post.about,
  };
};

/** Looks posts up in the catalogue and in the endless range, whose posts get bytes of their own. */
export const createFinder = (
  platform: Platform,
  catalogue: readonly PostSpec[],
  endless: (id: string, asset: string) => PostSpec | undefined,
  world: World,
): ((id: string) => PostSpec | undefined) => {
  const posts = new Map(catalogue.map((post) => [post.id, post]));
  return (id) => {
    const known = posts.get(id);
    if (known !== undefined) return known;
    const { asset, bytesPerSecond } = world.endlessOptions(`${platform}:${id}`);
    const post = endless(id, asset);
    return post && { ...post, bytesPerSecond, tail: buildFreeBox(`${platform}:${id}`) };
  };
};

const MEDIA_STATUS: Partial<Record<Fault, number>> = {
  'media-403': 403,
  'media-404': 404,
  'media-429': 429,
  'media-500': 500,
};

const troubled = (fault: Fault, body: MediaBody, bytesPerSecond: number | undefined): Answer => {
  const status = MEDIA_STATUS[fault];
  const ok = { status: 200, media: body, bytesPerSecond };
  if (status !== undefined) return { status, headers: { 'content-type': 'text/plain' }, body: `${status}\n` };
  if (fault === 'media-hang') return hang;
  if (fault === 'media-stall') return { ...ok, trouble: 'stall' };
  if (fault === 'media-cut') return { ...ok, trouble: 'cut' };
  if (fault === 'media-empty') return { ...ok, media: { type: body.type, parts: [] } };
  if (fault === 'media-html')
    return {
      ...ok,
      media: {
        type: body.type,
        parts: [Buffer.from('<!DOCTYPE html><html><body>Sorry, this content is not available</body></html>')],
      },
    };
  // Right length and type, but nothing that any player knows.
  return { ...ok, media: { type: body.type, parts: body.parts.map((part) => Buffer.alloc(part.length, 0x5a)) } };
};

export interface WorldOptions {
  readonly media: MediaLibrary;
  readonly faults: FaultBook;
  readonly throttle: () => number | undefined;
  readonly endlessOptions: (key: string) => EndlessMedium;
  readonly profile: World['profile'];
  /** Told which post a request turned out to be about. */
  readonly onPost: (request: SiteRequest, key: string) => void;
}

export const createWorld = ({ media, faults, throttle, endlessOptions, profile, onPost }: WorldOptions): World => ({
  media,
  endlessOptions,
  profile,
  listFault: (_platform, { handle }, request) => faults.meet(`profile:${handle}`, undefined, 'page', request.headers),
  resetSeconds: (platform, post) => faults.resetSeconds(keyOf(platform, post)),
  pageFault(platform, post, request) {
    onPost(request, keyOf(platform, post));
    return faults.meet(keyOf(platform, post), post.fault, 'page', request.headers);
  },
  serve(platform, post, index, request, assetName) {
    const medium = post.media[index];
    if (medium === undefined) return undefined;
    onPost(request, keyOf(platform, post));
    const { recipe, bytes } = media.asset(assetName ?? medium.asset);
    const tail = index === 0 && assetName === undefined ? post.tail : undefined;
    const body = { type: recipe.type, parts: tail === undefined ? [bytes] : [bytes, tail] };
    const bytesPerSecond = post.bytesPerSecond ?? throttle();
    const fault = faults.meet(keyOf(platform, post), post.fault, 'media', request.headers);
    return fault === undefined ? { status: 200, media: body, bytesPerSecond } : troubled(fault, body, bytesPerSecond);
  },
  serveCover(post) {
    const names = post.media.map(({ asset }) => asset);
    const { recipe, bytes } = media.asset(names.find((name) => name.endsWith('.jpg')) ?? 'dusk.jpg');
    return { status: 200, media: { type: recipe.type, parts: [bytes] } };
  },
});
