import type { PostDoc, PostItem, PostRendition } from './models.ts';

/** All that a post means to hold: its items' files, and the forms of them that play everywhere. */
export const listedMedia = ({
  items,
  renditions = [],
}: Pick<PostDoc, 'items' | 'renditions'>): readonly (PostItem | PostRendition)[] => [...items, ...renditions];

/** The form of an item that plays everywhere, if one was made. */
export const renditionOf = (
  { renditions = [] }: Pick<PostDoc, 'renditions'>,
  { media }: Pick<PostItem, 'media'>,
): PostRendition | undefined => renditions.find(({ of }) => of.equals(media));
