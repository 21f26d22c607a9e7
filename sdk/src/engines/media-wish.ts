import type { ItemKind } from '../post.ts';

/** What of posts a person wants. */
export type MediaWish = 'all' | 'image' | 'video';

/** Reads the option `media`: `all`, `images` or `videos`. @default all */
export function readMediaWish({ media }: Readonly<Record<string, unknown>>): MediaWish {
  if (media === 'images') return 'image';
  return media === 'videos' ? 'video' : 'all';
}

/** True for a post that holds something of what is wanted. */
export function holdsWanted(kinds: readonly ItemKind[], wish: MediaWish): boolean {
  return kinds.some((kind) => wish === 'all' || kind === wish);
}

/** A post that holds nothing else is wanted whole: then it is the same entry of the library, however it was asked for. */
export function optionsForWish(kinds: readonly ItemKind[], wish: MediaWish): { readonly media: string } | undefined {
  return wish !== 'all' && kinds.every((kind) => kind === wish) ? { media: 'all' } : undefined;
}
