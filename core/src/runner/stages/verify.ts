import { isAbsolute, resolve } from 'node:path';
import type { FetchedItem, ItemKind, ProbedFile, Tools } from '@mediafetcher/sdk';
import { PluginError } from '@mediafetcher/sdk';
import { StagedFileError, checkStagedFile } from '../../channel/staged-file.ts';
import { isMp4Truncated } from './mp4-length.ts';
import { probeImage } from './probe-image.ts';
import { sniffFile } from './sniff.ts';

/** A file that is what it was said to be. */
export interface VerifiedItem {
  readonly item: FetchedItem;
  readonly facts: ProbedFile;
}

export interface VerifyContext {
  readonly stagingDirectory: string;
  readonly maxFileBytes: number;
  readonly tools: Tools;
}

/**
 * Looks at a fetched file itself: inside staging, not empty, not too large, of the kind that was claimed, whole.
 * `onContainer` is told of a whole file in its place before ffprobe looks at its streams.
 * @throws MF_ERR_PLUGIN, MF_ERR_TOO_LARGE, MF_ERR_CORRUPT
 */
export async function verifyItem(
  context: VerifyContext,
  item: FetchedItem,
  onContainer?: (item: FetchedItem) => void,
): Promise<VerifiedItem> {
  const path = isAbsolute(item.path) ? item.path : resolve(context.stagingDirectory, item.path);
  const size = await checkPlace(context.stagingDirectory, path);
  if (size === 0) throw corrupt('The file is empty.');
  if (size > context.maxFileBytes) {
    throw new PluginError(
      'MF_ERR_TOO_LARGE',
      `The file is larger than the ${Math.floor(context.maxFileBytes / 1_048_576)} MB that are allowed.`,
    );
  }
  const facts = await probeWholeFile(context.tools, path, size, () => onContainer?.({ ...item, path }));
  if (facts.kind !== item.kind) throw corrupt(`The file is ${ARTICLES[facts.kind]}, not ${ARTICLES[item.kind]}.`);
  return { item: { ...item, path }, facts };
}

const ARTICLES: Readonly<Record<ItemKind, string>> = { video: 'a video', image: 'a picture', audio: 'a sound' };

async function checkPlace(stagingDirectory: string, path: string): Promise<number> {
  try {
    return (await checkStagedFile(stagingDirectory, path)).size;
  } catch (cause) {
    if (!(cause instanceof StagedFileError)) throw cause;
    throw new PluginError('MF_ERR_PLUGIN', `The plugin named a file that is refused: ${cause.message}`, { cause });
  }
}

/** What is in a file. @throws MF_ERR_CORRUPT for one that is not whole */
export async function probeWholeFile(
  tools: Tools,
  path: string,
  size: number,
  onContainer: () => void,
): Promise<ProbedFile> {
  const sniffed = await sniffFile(path);
  if (sniffed.kind === 'text') throw corrupt('The site sent a page instead of the file.');
  if (sniffed.kind === 'image') return probeImage(path, sniffed.mime, size);
  if (/mp4|quicktime|3gpp|m4a|m4v/.test(sniffed.mime) && (await isMp4Truncated(path, size))) {
    throw corrupt('The end of the file is missing.');
  }
  if (sniffed.kind === 'container') onContainer();
  return tools.probeFile(path);
}

function corrupt(message: string): PluginError {
  return new PluginError('MF_ERR_CORRUPT', message);
}
