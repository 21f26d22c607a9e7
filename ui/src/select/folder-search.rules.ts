import type { FolderFacts } from '../library/folder-tree.rules.ts';
import { pathName } from '../library/folder-tree.rules.ts';

/** A folder that a text finds: its whole name, and where in it the text stands. */
export interface FolderHit<F extends FolderFacts = FolderFacts> {
  readonly folder: F;
  readonly path: string;
  /** Start and end of what was typed; equal where nothing was. */
  readonly from: number;
  readonly to: number;
}

const fold = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC').toLocaleLowerCase();

/** Folders whose name or way contains the text, own names first; all of them for no text. */
export function findFolders<F extends FolderFacts>(folders: readonly F[], text: string): FolderHit<F>[] {
  const wanted = fold(text.trim());
  const hits = folders.map((folder) => {
    const path = pathName(folders, folder.id);
    const folded = fold(path);
    // Folding can change lengths; the mark is left out rather than put on the wrong letters.
    const at = wanted === '' ? 0 : folded.lastIndexOf(wanted);
    const exact = folded.length === path.length && at >= 0;
    return { folder, path, found: at >= 0, from: exact ? at : 0, to: exact ? at + wanted.length : 0 };
  });
  const inName = (hit: FolderHit<F>): boolean => fold(hit.folder.name).includes(wanted);
  const found = hits.filter((hit) => hit.found).map(({ folder, path, from, to }) => ({ folder, path, from, to }));
  return wanted === '' ? found : [...found.filter(inName), ...found.filter((hit) => !inName(hit))];
}
