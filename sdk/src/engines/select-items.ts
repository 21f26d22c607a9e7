import { PluginError } from '../plugin-error.ts';
import type { FetchedItem, ItemKind } from '../post.ts';

/** What of a post a person wants. */
export interface Selection {
  /** Sound only: pictures are left out, videos stay until a processor has taken their sound. */
  readonly audioOnly: boolean;
  /** False: the sound beside pictures is left out. */
  readonly withSound: boolean;
}

/** Reads the `audioOnly` and `withSound` options. @default no, and yes */
export function readSelection(options: Readonly<Record<string, unknown>>): Selection {
  return { audioOnly: options['audioOnly'] === true, withSound: options['withSound'] !== false };
}

/** A fetched file before it has a place in the post. */
export interface FetchedFile {
  readonly kind: ItemKind;
  readonly path: string;
}

/**
 * Puts files into their places: in the order given, sound last, without what is not wanted.
 * @throws MF_ERR_NO_MEDIA when nothing is left
 */
export function placeFiles(
  files: readonly FetchedFile[],
  engine: string,
  selection: Selection,
): readonly FetchedItem[] {
  const seen = files.filter(({ kind }) => kind !== 'audio');
  const sounds = files.filter(({ kind }) => kind === 'audio');
  const placed = selection.audioOnly
    ? [...seen.filter(({ kind }) => kind === 'video'), ...sounds]
    : [...seen, ...(selection.withSound || seen.length === 0 ? sounds : [])];
  if (placed.length === 0) {
    const why = files.length > 0 ? 'There is no sound in this post.' : 'There is nothing to download in this post.';
    throw new PluginError('MF_ERR_NO_MEDIA', why);
  }
  return placed.map(({ kind, path }, index) => ({ index, kind, path, engine }));
}
