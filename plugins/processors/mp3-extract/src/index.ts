import { join, parse } from 'node:path';
import type { Processor } from '@mediafetcher/sdk';
import { PluginError, defineProcessor } from '@mediafetcher/sdk';
import { buildExtractArguments, decideExtract, readBitrate } from './decide-extract.ts';

const processor: Processor = defineProcessor({
  accepts: (_item, facts, options) => decideExtract(facts, options['audioOnly'] === true) !== 'keep',

  async process(context, item, facts) {
    const extract = decideExtract(facts, context.options['audioOnly'] === true);
    if (extract === 'keep') return item;
    if (extract === 'no-sound') throw new PluginError('MF_ERR_NO_MEDIA', 'There is no sound in this post.');
    const { dir, name } = parse(item.path);
    const bitrate = readBitrate(context.settings['bitrate']);
    const output = join(dir, `${name}.${bitrate}k.mp3`);
    await context.tools.ffmpeg({
      arguments: buildExtractArguments(item.path, bitrate),
      output,
      duration: facts.duration,
      onProgress: (share) => context.progress(share),
    });
    const result = await context.tools.probeFile(output);
    if (decideExtract(result, true) !== 'keep')
      throw new PluginError('MF_ERR_CORRUPT', 'The sound could not be taken.');
    return { ...item, kind: 'audio', path: output };
  },
});

export default processor;
