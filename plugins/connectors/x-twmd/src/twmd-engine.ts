import { join } from 'node:path';
import type { ConnectorContext, Engine, EngineRun, FailureCode, FetchedFile, FetchedItem } from '@mediafetcher/sdk';
import { PluginError, compact, kindOfFile, placeFiles, readSelection } from '@mediafetcher/sdk';
import { readMediaAddresses } from './media-addresses.ts';
import type { MediaAddress } from './media-addresses.ts';
import { postIdOf, timeOfPostId } from './post-id.ts';

/** twmd names a post's media as a guest; the files come by our own client, which resumes and checks them. */
export function createTwmdEngine(alsoAfter: readonly FailureCode[]): Engine {
  return { name: 'twmd', alsoAfter, start: startRun };
}

function startRun(context: ConnectorContext): EngineRun {
  const postId = postIdOf(context.link);
  if (postId === undefined) throw new PluginError('MF_ERR_UNSUPPORTED', 'twmd is asked for single posts only.');
  let stopped = false;
  const found = context.tools.twmd({ postId }).then(readMediaAddresses);
  const probe = found.then((media) => ({
    post: compact({ postId, postedAt: timeOfPostId(postId) }),
    items: media.map(({ kind }, index) => ({ index, kind })),
  }));
  const files = found.then((media) => downloadAll(context, media, () => stopped));
  return { probe, files, cancel: () => void (stopped = true) };
}

async function downloadAll(
  context: ConnectorContext,
  media: readonly MediaAddress[],
  isStopped: () => boolean,
): Promise<readonly FetchedItem[]> {
  const files: FetchedFile[] = [];
  for (const { url, name } of media) {
    if (isStopped() || context.signal.aborted) throw new PluginError('MF_ERR_INTERNAL', 'The run was stopped.');
    const path = join(context.stagingDirectory, `twmd-${name}`);
    await context.http.download(url, path, { headers: { referer: 'https://x.com/' } });
    files.push({ path, kind: kindOfFile(path) ?? 'image' });
  }
  return placeFiles(files, 'twmd', readSelection(context.options));
}
