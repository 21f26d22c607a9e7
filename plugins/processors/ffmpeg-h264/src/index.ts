import { join, parse } from 'node:path';
import type { FetchedItem, ProbedFile, Processor, ProcessorContext } from '@mediafetcher/sdk';
import { PluginError, defineProcessor } from '@mediafetcher/sdk';
import { buildRenditionArguments } from './build-arguments.ts';
import { isGoodResult } from './check-result.ts';
import type { Rendition } from './decide-rendition.ts';
import { decideRendition } from './decide-rendition.ts';

const processor: Processor = defineProcessor({
  accepts(item, facts, options) {
    const isVideo = item.kind === 'video' && facts.kind === 'video';
    return isVideo && options['audioOnly'] !== true && decideRendition(facts) !== 'keep';
  },

  async process(context, item, facts) {
    const rendition = decideRendition(facts);
    if (rendition === 'keep') return item;
    const result = await render(context, item, facts, rendition);
    if (result !== undefined) return result;
    // Streams that were promised to fit did not survive the copy: encode them.
    const again = rendition === 'transcode' ? undefined : await render(context, item, facts, 'transcode');
    if (again !== undefined) return again;
    throw new PluginError('MF_ERR_CORRUPT', 'The video could not be made playable: the result is incomplete.');
  },
});

async function render(
  context: ProcessorContext,
  item: FetchedItem,
  facts: ProbedFile,
  rendition: Exclude<Rendition, 'keep'>,
): Promise<FetchedItem | undefined> {
  context.log.info({ item: item.index, rendition }, 'making the video playable');
  const { dir, name } = parse(item.path);
  const output = join(dir, `${name}.${rendition}.mp4`);
  await context.tools.ffmpeg({
    arguments: buildRenditionArguments(rendition, item.path),
    output,
    duration: facts.duration,
    onProgress: (share) => context.progress(share),
  });
  return isGoodResult(await context.tools.probeFile(output), facts) ? { ...item, path: output } : undefined;
}

export default processor;
