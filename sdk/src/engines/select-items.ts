import { PluginError } from '../plugin-error.ts';
import type { FetchedItem, ItemKind } from '../post.ts';
import { readMediaWish } from './media-wish.ts';
import type { MediaWish } from './media-wish.ts';

/** What of a post a person wants. */
export interface Selection {
  /** Sound only: pictures are left out, videos stay until a processor has taken their sound. */
  readonly audioOnly: boolean;
  /** False: the sound beside pictures is left out. */
  readonly withSound: boolean;
  /** Pictures alone, or videos alone. @default all */
  readonly media?: MediaWish;
  /** Which pictures and videos, counted from 1, both ends included. @default all */
  readonly items?: readonly Span[];
  /** Lines of the shorter side that a video should not exceed, where the platform has a smaller one. */
  readonly maxResolution?: number;
}

/** From one item to another. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A list like `1,3-5`; what is none means all. */
export function parseItems(text: unknown): readonly Span[] | undefined {
  if (typeof text !== 'string' || !/^\d{1,4}(-\d{1,4})?(,\d{1,4}(-\d{1,4})?){0,49}$/.test(text)) return undefined;
  return text.split(',').map((part) => {
    const [from = 0, to = from] = part.split('-').map(Number);
    return { from, to };
  });
}

/** Reads the options `audioOnly`, `withSound`, `media`, `items` and `maxResolution`. @default no, yes, all, all, and the best */
export function readSelection(options: Readonly<Record<string, unknown>>): Selection {
  const items = parseItems(options['items']);
  const { maxResolution } = options;
  return {
    audioOnly: options['audioOnly'] === true,
    withSound: options['withSound'] !== false,
    media: readMediaWish(options),
    ...(items && { items }),
    ...(typeof maxResolution === 'number' && { maxResolution }),
  };
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
  const all = files.filter(({ kind }) => kind !== 'audio');
  const { media = 'all' } = selection;
  const seen = all.filter(
    ({ kind }, index) => isWanted(index + 1, selection.items) && (media === 'all' || kind === media),
  );
  const sounds = files.filter(({ kind }) => kind === 'audio');
  const placed = selection.audioOnly
    ? [...seen.filter(({ kind }) => kind === 'video'), ...sounds]
    : [...seen, ...(selection.withSound || all.length === 0 ? sounds : [])];
  if (placed.length === 0) {
    throw new PluginError('MF_ERR_NO_MEDIA', explainNothing(files, all.length, selection));
  }
  return placed.map(({ kind, path }, index) => ({ index, kind, path, engine }));
}

function isWanted(number: number, items: readonly Span[] | undefined): boolean {
  return items?.some(({ from, to }) => number >= from && number <= to) ?? true;
}

function explainNothing(files: readonly FetchedFile[], count: number, { audioOnly, items, media }: Selection): string {
  if (files.length === 0) return 'There is nothing to download in this post.';
  if (!audioOnly && media !== undefined && media !== 'all') return `There are no ${media}s in this post.`;
  if (audioOnly || items === undefined) return 'There is no sound in this post.';
  return `This post has ${count} ${count === 1 ? 'item' : 'items'}: none of those that were asked for.`;
}
