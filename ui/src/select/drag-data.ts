/** Kinds of our own things that are dragged within the page. */
export const POSTS_TYPE = 'application/x-mf-posts';
export const FOLDER_TYPE = 'application/x-mf-folder';

/** True for a drag of ours: no link that somebody wants to save. */
export const isOwnDrag = (data: DataTransfer | null): boolean =>
  data !== null && (data.types.includes(POSTS_TYPE) || data.types.includes(FOLDER_TYPE));

/** Ids that a drag carries; none for another drag. */
export function idsOf(data: DataTransfer | null, type: string): string[] {
  return data?.getData(type).split(',').filter(Boolean) ?? [];
}
