import type { Folder } from '../api/types.ts';

/** Orders of folders on a page; `own` is the one that was laid by hand, as the tree has it. */
export const FOLDER_SORTS = ['own', 'name', 'newest', 'count'] as const;
export type FolderSort = (typeof FOLDER_SORTS)[number];

/** Folders in an order; those that are alike stay as they were. */
export function sortFolders<F extends Pick<Folder, 'name' | 'createdAt' | 'count'>>(
  folders: readonly F[],
  sort: FolderSort,
  locale: string,
): F[] {
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  switch (sort) {
    case 'own':
      return [...folders];
    case 'name':
      return folders.toSorted((a, b) => compare(a.name, b.name));
    case 'newest':
      return folders.toSorted((a, b) => b.createdAt.localeCompare(a.createdAt));
    case 'count':
      return folders.toSorted((a, b) => b.count - a.count);
  }
}
