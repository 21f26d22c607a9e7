import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { fileTypeFromFile } from 'file-type';
import type { ItemKind } from '@mediafetcher/sdk';
import { CodedError } from '../../errors.ts';
import { mediaTypeOf } from './media-types.rules.ts';
import type { MediaType } from './media-types.rules.ts';

export interface StagedClaim {
  /** Relative to the staging directory. */
  readonly path: string;
  readonly kind: ItemKind;
  readonly size: number;
}

export interface StagedFile {
  /** Absolute. */
  readonly path: string;
  readonly type: MediaType;
}

/**
 * Believes nothing that a worker says of a file.
 * @throws MF_ERR_PLUGIN for a path outside, a link, another size or type · MF_ERR_TOO_LARGE
 */
export async function inspectStagedFile(directory: string, claim: StagedClaim, maxBytes: number): Promise<StagedFile> {
  const path = await containedPath(directory, claim.path);
  const stats = await lstat(path);
  if (!stats.isFile() || stats.nlink > 1) throw refused('is not a plain file');
  if (stats.size !== claim.size) throw refused('has another size than it was said to have');
  if (stats.size > maxBytes) throw new CodedError('MF_ERR_TOO_LARGE', 'A file of this post is larger than the limit.');
  const type = mediaTypeOf((await fileTypeFromFile(path))?.mime);
  if (type === undefined) throw refused('is neither a picture nor a video nor sound that browsers show');
  if (type.kind !== claim.kind) throw refused(`is ${type.kind}, not ${claim.kind}`);
  return { path, type };
}

const THUMBNAIL_BYTES = 8 * 1024 * 1024;

/** Absolute path of a WebP picture in the directory. @throws MF_ERR_PLUGIN when it is none */
export async function inspectThumbnail(directory: string, claimed: string): Promise<string> {
  const path = await containedPath(directory, claimed);
  const stats = await lstat(path);
  if (!stats.isFile() || stats.nlink > 1 || stats.size > THUMBNAIL_BYTES) throw refused('is no thumbnail');
  if ((await fileTypeFromFile(path))?.mime !== 'image/webp') throw refused('is no thumbnail');
  return path;
}

/** Absolute path of a file in the directory. @throws MF_ERR_PLUGIN when it leads elsewhere */
export async function containedPath(directory: string, path: string): Promise<string> {
  if (isAbsolute(path)) throw refused('lies outside the staging folder');
  const joined = join(directory, path);
  const [real, root] = await Promise.all([realpath(joined), realpath(directory)]).catch((error: unknown) => {
    throw refused('is not there', error);
  });
  const inside = relative(root, real);
  if (inside === '' || inside.startsWith('..') || isAbsolute(inside)) throw refused('lies outside the staging folder');
  if (real !== join(root, inside) || inside !== relative(directory, joined).split('/').join(sep))
    throw refused('is a link');
  return real;
}

function refused(what: string, cause?: unknown): CodedError {
  return new CodedError('MF_ERR_PLUGIN', `The plugin handed over a file that ${what}.`, { cause });
}
