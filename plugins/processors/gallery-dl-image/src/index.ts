import type { Processor } from '@mediafetcher/sdk';
import { PluginError, defineProcessor } from '@mediafetcher/sdk';
import { judgePicture } from './judge-picture.ts';

/** Lets pictures through byte for byte, and nothing that only says it is one. */
const processor: Processor = defineProcessor({
  accepts: (item) => item.kind === 'image',

  async process(context, item, facts) {
    const judgement = judgePicture(facts);
    if (judgement === 'no-picture') {
      throw new PluginError('MF_ERR_CORRUPT', 'The platform sent something else in place of a picture.');
    }
    if (judgement === 'kept') {
      context.log.info({ item: item.index, format: facts.format }, 'kept a picture that not every browser shows');
    }
    return item;
  },
});

export default processor;
