import type { ItemKind } from '@mediafetcher/sdk';

/** What of posts a person wants. */
export type Wish = 'all' | 'image' | 'video';

/** Reads the option `media`: `all`, `images` or `videos`. @default all */
export function readWish({ media }: Readonly<Record<string, unknown>>): Wish {
  if (media === 'images') return 'image';
  return media === 'videos' ? 'video' : 'all';
}

/** A post that holds nothing else is wanted whole: then it is the same entry of the library, however it was asked for. */
export function wishFor(kinds: readonly ItemKind[], wish: Wish): { readonly media: string } | undefined {
  return wish !== 'all' && kinds.every((kind) => kind === wish) ? { media: 'all' } : undefined;
}
