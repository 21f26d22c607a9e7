import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { send } from './answers.ts';
import type { Answer } from './answers.ts';
import { buildCookies, parseCookies } from './cookies.ts';
import { createFaultBook } from './faults.ts';
import { openMediaLibrary } from './media/library.ts';
import { SITES } from './platforms/index.ts';
import { createProfileBook } from './profiles.ts';
import { startProxy } from './proxy.ts';
import type { Answerer } from './proxy.ts';
import type { Lab, LabPost, LabRequest, Platform } from './types.ts';
import { createWorld, describePost } from './world.ts';
import type { EndlessMedium, Site, SiteRequest } from './world.ts';

export { FAULTS } from './faults.ts';
export type { Fault, FaultOptions } from './faults.ts';
export type {
  EndlessOptions,
  Lab,
  LabItem,
  LabPost,
  LabProfile,
  LabRequest,
  Platform,
  Playable,
  PostKind,
} from './types.ts';

export interface LabOptions {
  /** Where made media are kept. @default `$LAB_MEDIA_DIR` or node_modules/.cache/mediafetcher-lab */
  readonly mediaDirectory?: string;
  /** Told of every request that no platform knows. @default a line on stderr */
  readonly onUnmatched?: (request: LabRequest) => void;
}

const SMALL: EndlessMedium = { asset: 'small.mp4' };
const LOG_LIMIT = 100_000;

type Entry = { -readonly [Name in keyof LabRequest]: LabRequest[Name] };
/** Which post a request was about. */
type Subjects = WeakMap<SiteRequest, string>;

const readRequest = async (request: IncomingMessage, url: URL): Promise<SiteRequest> => ({
  method: request.method ?? 'GET',
  url,
  host: url.hostname,
  path: url.pathname,
  cookies: parseCookies(request.headers.cookie),
  headers: request.headers,
  body: request.method === 'POST' ? await text(request) : '',
});

const createRouter = (sites: readonly Site[]): ((host: string) => Site | undefined) => {
  const exact = new Map(sites.flatMap((site) => site.hosts.map((host) => [host, site] as const)));
  return (host) => exact.get(host) ?? exact.get(host.slice(host.indexOf('.')));
};

/** Makes the answerer of the proxy: finds the platform, logs, and shouts when nobody knows the request. */
const createAnswerer = (
  sites: readonly Site[],
  log: Entry[],
  unmatched: Entry[],
  subjects: Subjects,
  shout: (request: LabRequest) => void,
): Answerer => {
  const siteOf = createRouter(sites);
  const refuse = (entry: Entry): Answer => {
    unmatched.push(entry);
    shout(entry);
    return {
      status: 404,
      headers: { 'content-type': 'text/plain' },
      body: 'The platform lab does not know this request.\n',
    };
  };
  const handle = async (request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> => {
    const { method = 'GET', headers } = request;
    const entry: Entry = { method, url: url.href, headers, status: 0, at: Date.now() };
    if (log.length < LOG_LIMIT) log.push(entry);
    const asked = await readRequest(request, url);
    const answer = siteOf(url.hostname)?.answer(asked) ?? refuse(entry);
    const key = subjects.get(asked);
    if (key !== undefined) entry.key = key;
    if (answer.trouble !== 'hang')
      entry.status = answer.media !== undefined && request.headers.range !== undefined ? 206 : answer.status;
    await send(request, response, answer);
  };
  return (request, response, url) => {
    handle(request, response, url).catch((error: unknown) => {
      process.stderr.write(`platform lab: ${request.method} ${url.href}: ${String(error)}\n`);
      response.destroy();
    });
  };
};

/** Starts the stand-in of the five platforms on a free loopback port. The first start makes the media, once. */
export const createLab = async (options: LabOptions = {}): Promise<Lab> => {
  const media = await openMediaLibrary(options.mediaDirectory);
  const faults = createFaultBook();
  const endless = new Map<string, EndlessMedium>();
  const log: Entry[] = [];
  const unmatched: Entry[] = [];
  const subjects: Subjects = new WeakMap();
  let throttle: number | undefined;
  let counter = 0;

  const profiles = createProfileBook();

  const world = createWorld({
    media,
    faults,
    throttle: () => throttle,
    endlessOptions: (key) => endless.get(key) ?? SMALL,
    profile: (platform, name) => profiles.find(platform, name),
    onPost: (request, key) => void subjects.set(request, key),
  });
  const sites = SITES.map((create) => create(world));
  const shout =
    options.onUnmatched ??
    ((request) => process.stderr.write(`platform lab: unknown request ${request.method} ${request.url}\n`));
  const proxy = await startProxy(createAnswerer(sites, log, unmatched, subjects, shout));

  const posts = sites.flatMap((site) => site.catalogue.map((post) => describePost(site.platform, post, media)));
  const site = (platform: Platform): Site => {
    const found = sites.find((candidate) => candidate.platform === platform);
    if (found === undefined) throw new RangeError(`no platform called ${platform}`);
    return found;
  };
  const post = (name: string): LabPost => {
    const found = posts.find((candidate) => candidate.name === name || candidate.key === name);
    if (found === undefined) throw new RangeError(`no lab post called ${name}`);
    return found;
  };
  const nextEndless = (platform: Platform, medium: EndlessMedium): LabPost => {
    const { endlessId, find } = site(platform);
    const id = endlessId(++counter);
    endless.set(`${platform}:${id}`, medium);
    const spec = find(id);
    if (spec === undefined) throw new RangeError(`${platform} has no endless post ${id}`);
    return describePost(platform, spec, media);
  };

  return {
    proxyUrl: proxy.url,
    caFile: proxy.caFile,
    posts,
    twins: [post('tiktok-twin'), post('instagram-reel')],
    post,
    requests: () => log,
    unmatched: () => unmatched,
    reset() {
      log.length = 0;
      unmatched.length = 0;
      throttle = undefined;
      faults.clear();
    },
    set(name, fault, faultOptions) {
      const known = posts.find((candidate) => candidate.name === name);
      faults.set(known?.key ?? name, fault, faultOptions);
    },
    throttle(bytesPerSecond) {
      throttle = bytesPerSecond;
    },
    endless(platform, count, { bytesPerSecond } = {}) {
      return Array.from({ length: count }, () => nextEndless(platform, { ...SMALL, bytesPerSecond }));
    },
    profile(platform, posts, profileOptions) {
      const { endlessId, profileUrl } = site(platform);
      const first = counter;
      const total = typeof posts === 'number' ? posts : posts.length;
      if (typeof posts === 'number') counter += posts;
      // The newest has the highest number.
      const keyAt = (index: number): string =>
        typeof posts === 'number' ? `${platform}:${endlessId(first + total - index)}` : (posts[index]?.key ?? '');
      const profile = profiles.add(platform, total, (index) => keyAt(index).slice(platform.length + 1), profileOptions);
      const { handle, id } = profile;
      return {
        ...{ handle, id },
        name: `profile:${handle}`,
        url: profileUrl(handle),
        keys: Array.from({ length: Math.min(total, 1_000) }, (_, index) => keyAt(index)),
      };
    },
    async bigVideo(platform = 'tiktok', { bytesPerSecond } = {}) {
      await media.demand('big.mp4');
      return nextEndless(platform, { asset: 'big.mp4', bytesPerSecond });
    },
    cookies: (platform, state = 'valid') => buildCookies(site(platform), state),
    close: () => proxy.close(),
  };
};
