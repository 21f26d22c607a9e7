import type { PluginManifest, Processor } from '@mediafetcher/sdk';
import { PluginError } from '@mediafetcher/sdk';
import type { RunnerJob } from '../../channel/runner-messages.ts';
import type { JobWorld } from '../job-world.ts';
import { loadProcessor } from '../plugin-host.ts';
import type { Loaded } from '../plugin-host.ts';
import { readFetchedItem } from './fetched-items.ts';
import type { VerifiedItem } from './verify.ts';
import { verifyItem } from './verify.ts';

type Processors = readonly Loaded<Processor, PluginManifest>[];

/** What processors need of a job; not all of them are downloads. */
export interface ProcessWorld extends Pick<JobWorld, 'signal' | 'log' | 'tools'> {
  readonly job: Pick<RunnerJob, 'options' | 'settings' | 'stagingDirectory' | 'maxFileBytes'>;
  readonly meter: Pick<JobWorld['meter'], 'update'>;
}

/** Loads the code of a job's processors, best while something else is waited for. What fails shows when they are awaited. */
export function loadProcessors({
  processors,
  pluginDirectory,
}: Pick<RunnerJob, 'processors' | 'pluginDirectory'>): Promise<Processors> {
  const loaded = Promise.all(processors.map(async (ref) => loadProcessor(ref, pluginDirectory)));
  loaded.catch(() => undefined);
  return loaded;
}

/** Gives each item to the processors that accept it, in their order. @throws PluginError */
export async function processItems(
  world: ProcessWorld,
  processors: Processors,
  verified: readonly VerifiedItem[],
): Promise<VerifiedItem[]> {
  const steps = verified.length * processors.length;
  let step = 0;
  const done: VerifiedItem[] = [];
  for (const item of verified) {
    let current = item;
    for (const processor of processors) {
      current = await processItem(world, processor, current, (share) =>
        world.meter.update({ share: (step + share) / steps }),
      );
      step += 1;
    }
    done.push(current);
  }
  return done;
}

async function processItem(
  world: ProcessWorld,
  { code: processor, manifest }: Loaded<Processor, PluginManifest>,
  verified: VerifiedItem,
  onShare: (share: number) => void,
): Promise<VerifiedItem> {
  const { job, signal, log, tools } = world;
  const { item, facts } = verified;
  if (!processor.accepts(item, facts, job.options)) return verified;
  const { options, stagingDirectory } = job;
  const settings = job.settings[manifest.id] ?? {};
  const context = { signal, log, options, settings, stagingDirectory, tools, progress: onShare };
  const processed = readFetchedItem(await processor.process(context, item, facts));
  if (processed.index !== item.index)
    throw new PluginError('MF_ERR_PLUGIN', 'A processor gave an item another place in the post.');
  const untouched = processed.path === item.path && processed.kind === item.kind;
  return untouched ? { item: processed, facts } : verifyItem({ ...job, tools }, processed);
}
