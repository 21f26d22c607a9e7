import type {
  Connector,
  ConnectorContext,
  FetchedItem,
  GuardedHttp,
  LinkMatch,
  PostProbe,
  Tools,
} from '@mediafetcher/sdk';
import type { FromRunner, RunnerItem, RunnerJob, RunnerResult } from '../channel/runner-messages.ts';
import type { Launch } from '../tools/index.ts';
import type { JobWorld } from './job-world.ts';
import { createJobWorld } from './job-world.ts';
import { inTurn } from './in-turn.ts';
import { lazyHttp } from './lazy-http.ts';
import { watchKills } from './outside-kill.ts';
import type { Parent } from './parent.ts';
import { loadConnector } from './plugin-host.ts';
import { readFetchedItems } from './stages/fetched-items.ts';
import type { SentPost } from './stages/post-facts.ts';
import { readPostFacts } from './stages/post-facts.ts';
import { loadProcessors, processItems } from './stages/process.ts';
import type { VerifiedItem } from './stages/verify.ts';
import { verifyItem } from './stages/verify.ts';
import { FirstFrames } from './thumbnails/first-frames.ts';
import { makeThumbnails } from './thumbnails/make-thumbnails.ts';
import { loadImages } from './thumbnails/open-image.ts';

/** How a job ends well. */
type JobEnd = Extract<FromRunner, { type: 'done' | 'expanded' }>;

/**
 * Runs a job's stages: from the probe to the thumbnails, or all of a list. @throws PluginError, or whatever a plugin throws
 */
export async function runJob(job: RunnerJob, parent: Parent, launch: Launch, signal: AbortSignal): Promise<JobEnd> {
  const kills = watchKills(launch);
  const world = createJobWorld(job, parent, kills.launch, AbortSignal.any([signal, kills.signal]));
  try {
    // Whatever was made of a tool's end.
    return await runStages(world).finally(() => kills.signal.throwIfAborted());
  } finally {
    await world.close();
  }
}

async function runStages(world: JobWorld): Promise<JobEnd> {
  const { job } = world;
  const isList = job.link.kind === 'profile' || job.link.kind === 'listing';
  world.meter.enter(isList ? 'list' : 'probe');
  const { code: connector, manifest } = await loadConnector(job.connector, job.pluginDirectory);
  const http = lazyHttp(() => world.createHttp(manifest));
  if (isList) {
    await runList(world, connector, contextOf(world, job.link, http));
    return { type: 'expanded' };
  }
  const link = await findPost(world, job.link, async () => {
    const { resolveShare } = await import('./stages/resolve-share.ts');
    const signedIn = job.cookiesFile !== undefined && world.tools.has('gallery-dl');
    return resolveShare(job.link, manifest, http, signedIn ? (url) => world.tools.resolveLink(url) : undefined);
  });
  return { type: 'done', result: await runPost(world, connector, contextOf(world, link, http)) };
}

function contextOf({ job, signal, log, tools, meter }: JobWorld, link: LinkMatch, http: GuardedHttp): ConnectorContext {
  return {
    ...{ signal, log, link, tools, http },
    options: job.options,
    settings: job.settings[job.connector.id] ?? {},
    stagingDirectory: job.stagingDirectory,
    progress: (update) => meter.update(update),
    ...(job.cookiesFile !== undefined && { cookiesFile: job.cookiesFile }),
    ...(job.probe === true && { firstChoiceOnly: true }),
  };
}

/** Tells the server all posts of a profile or a list. */
async function runList(
  { job, meter, parent }: JobWorld,
  connector: Connector,
  context: ConnectorContext,
): Promise<void> {
  const { listPosts } = await import('./stages/list-posts.ts');
  await listPosts(connector, context, job.listLimit ?? 1, {
    tell: async (entries) => parent.confirm({ type: 'listed', entries }),
    progress: (share) => meter.update({ share }),
  });
}

async function runPost(world: JobWorld, connector: Connector, context: ConnectorContext): Promise<RunnerResult> {
  const { job } = world;
  const { link } = context;
  const probe = await connector.probe(context);
  const post = readPostFacts(probe);
  const key = await confirmKey(world, link, post);

  loadImages();
  const processors = loadProcessors(job);
  world.meter.enter('fetch');
  world.meter.expect(countItems(probe));
  const fetched = readFetchedItems(await connector.fetch(context, probe));
  const frames = new FirstFrames(job.stagingDirectory, oneAtATime(world));
  const verified = await verifyAll(world, fetched, frames);
  world.meter.enter('process');
  const processed = await processItems(world, await processors, verified);
  const items: RunnerItem[] = [];
  for (const each of processed) items.push(await describeItem(world, each, frames));
  return { key, url: link.url, post, items };
}

/** A share link's post is shown to the server before anything is fetched: it may be there already. */
async function findPost(world: JobWorld, link: LinkMatch, resolve: () => Promise<LinkMatch>): Promise<LinkMatch> {
  if (link.key !== undefined || link.kind !== 'share') return link;
  const found = await resolve();
  if (found.key !== undefined) await world.parent.confirm({ type: 'resolved', key: found.key, url: found.url });
  return found;
}

/** The probe has the last word on which post it is: the server is told what it is called, and asked when it is another one. */
async function confirmKey({ parent, log }: JobWorld, link: LinkMatch, post: SentPost): Promise<string> {
  const key = `${link.platform}:${post.postId}`;
  const confirmed = parent.confirm({ type: 'resolved', key, url: link.url, post });
  if (key !== link.key) await confirmed;
  // The expected post needs no leave: fetching goes on meanwhile.
  else confirmed.catch((error: unknown) => log.debug({ err: error }, 'The server did not answer.'));
  return key;
}

function countItems(probe: PostProbe): number {
  // A plugin may return anything.
  const items: unknown = (probe as Partial<PostProbe>).items;
  return Array.isArray(items) ? items.length : 1;
}

async function verifyAll(
  world: JobWorld,
  fetched: readonly FetchedItem[],
  frames: FirstFrames,
): Promise<VerifiedItem[]> {
  world.meter.enter('verify');
  const context = { ...world.job, tools: world.tools };
  const verified: VerifiedItem[] = [];
  for (const item of fetched) {
    verified.push(await verifyItem(context, item, (placed) => frames.begin(placed)));
    world.meter.update({ share: verified.length / fetched.length });
  }
  return verified;
}

/** The tools that pictures are made with: of the worker's runners one at a time has an ffmpeg for them. */
function oneAtATime({ tools, parent }: JobWorld): Tools {
  return { ...tools, ffmpeg: async (request) => inTurn(parent, async () => tools.ffmpeg(request)) };
}

async function describeItem(world: JobWorld, verified: VerifiedItem, frames: FirstFrames): Promise<RunnerItem> {
  const { item, facts } = verified;
  const context = { ...world, tools: oneAtATime(world), stagingDirectory: world.job.stagingDirectory, frames };
  const { thumbnails, thumbhash } = await makeThumbnails(context, verified);
  return {
    index: item.index,
    kind: item.kind,
    path: item.path,
    engine: item.engine,
    thumbnails: [...thumbnails],
    ...(isSize(facts.width) && { width: facts.width }),
    ...(isSize(facts.height) && { height: facts.height }),
    ...(facts.duration > 0 && { duration: facts.duration }),
    ...(thumbhash !== undefined && { thumbhash }),
  };
}

function isSize(value: number | undefined): value is number {
  return value !== undefined && Number.isInteger(value) && value >= 1 && value <= 100_000;
}
