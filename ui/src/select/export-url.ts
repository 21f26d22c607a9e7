/** As many posts by their ids in one archive, as the server takes them. */
export const MOST_EXPORTED = 200;

/** The address of an archive with the files of these posts. */
export const exportUrl = (ids: readonly string[]): string =>
  new URL(`api/library/export?ids=${ids.join(',')}`, document.baseURI).href;
