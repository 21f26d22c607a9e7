import type { ConnectorContext, ToolDocument } from '@mediafetcher/sdk';
import { PluginError, kindOfInfo, readSelection } from '@mediafetcher/sdk';

/**
 * A slideshow behind a /video/ address looks like a post of sound alone to yt-dlp: left to gallery-dl, unless the sound
 * is all that is wanted. @throws MF_ERR_UNSUPPORTED
 */
export function refuseSlideshow(info: ToolDocument, context: Pick<ConnectorContext, 'options'>): void {
  if (kindOfInfo(info) === 'audio' && !readSelection(context.options).audioOnly) {
    throw new PluginError('MF_ERR_UNSUPPORTED', 'This is a slideshow, of which yt-dlp brings the sound only.');
  }
}
