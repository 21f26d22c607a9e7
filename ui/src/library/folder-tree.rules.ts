import type { Folder } from '../api/types.ts';

/** What the rules need of a folder. */
export type FolderFacts = Pick<Folder, 'id' | 'name' | 'parentId'>;

/** A folder in its place: how deep it lies, and whether something lies in it. */
export interface FolderRow<F extends FolderFacts = Folder> {
  readonly folder: F;
  /** Counted from 1, as screen readers do. */
  readonly level: number;
  readonly hasFolders: boolean;
}

/** Folders directly inside one, in the person's order; those at the top for null. */
export function foldersIn<F extends FolderFacts>(folders: readonly F[], parentId: string | null): F[] {
  const known = new Set(folders.map(({ id }) => id));
  // A folder whose parent is not seen here, as in what somebody shares, stands at the top.
  return folders.filter((folder) =>
    parentId === null ? folder.parentId === null || !known.has(folder.parentId) : folder.parentId === parentId,
  );
}

/** The rows of a tree, top down: what lies in a folder follows it while it is open. */
export function layRows<F extends FolderFacts>(
  folders: readonly F[],
  isOpen: (id: string) => boolean,
  parentId: string | null = null,
  level = 1,
): FolderRow<F>[] {
  return foldersIn(folders, parentId).flatMap((folder) => {
    const inside = foldersIn(folders, folder.id);
    const row = { folder, level, hasFolders: inside.length > 0 };
    return isOpen(folder.id) ? [row, ...layRows(folders, isOpen, folder.id, level + 1)] : [row];
  });
}

/** The way to a folder, outermost first, itself last; empty for one that is not there. */
export function pathTo<F extends FolderFacts>(folders: readonly F[], id: string): F[] {
  const byId = new Map(folders.map((folder) => [folder.id, folder]));
  const path: F[] = [];
  let at = byId.get(id);
  while (at && !path.includes(at)) {
    path.unshift(at);
    at = at.parentId === null ? undefined : byId.get(at.parentId);
  }
  return path;
}

/** True when `id` is `around` or lies in it, at any depth. */
export const liesInside = (folders: readonly FolderFacts[], id: string, around: string): boolean =>
  pathTo(folders, id).some((folder) => folder.id === around);

/** A folder's name with those around it: "Recipes / Japanese". */
export const pathName = (folders: readonly FolderFacts[], id: string): string =>
  pathTo(folders, id)
    .map(({ name }) => name)
    .join(' / ');

/** Where a folder goes. */
export interface FolderMove {
  readonly parentId: string | null;
  /** The sibling that it will stand before; none: last. */
  readonly beforeId?: string;
}

/** True for a move that changes nothing or would put a folder into itself. */
export function isIdleMove(folders: readonly FolderFacts[], id: string, move: FolderMove): boolean {
  if (move.beforeId === id || move.parentId === id) return true;
  if (move.parentId !== null && liesInside(folders, move.parentId, id)) return true;
  const folder = folders.find((known) => known.id === id);
  if (!folder || folder.parentId !== move.parentId) return !folder;
  const siblings = foldersIn(folders, move.parentId).map((sibling) => sibling.id);
  return siblings[siblings.indexOf(id) + 1] === move.beforeId;
}

/** The folders as they will be after a move, so that it shows before the server has answered. */
export function moveIn<F extends FolderFacts>(folders: readonly F[], id: string, move: FolderMove): F[] {
  const folder = folders.find((known) => known.id === id);
  if (!folder) return [...folders];
  const moved = { ...folder, parentId: move.parentId };
  const others = folders.filter((known) => known !== folder);
  const before = others.findIndex((known) => known.id === move.beforeId);
  return before < 0 ? [...others, moved] : [...others.slice(0, before), moved, ...others.slice(before)];
}

/** Moves by one place: up and down among siblings, out to the parent's side, in to the sibling above. */
export type Nudge = 'up' | 'down' | 'in' | 'out';

/** What a nudge means for a folder; nothing where it cannot go. */
export function nudge(folders: readonly FolderFacts[], id: string, way: Nudge): FolderMove | undefined {
  const folder = folders.find((known) => known.id === id);
  if (!folder) return undefined;
  const { parentId } = folder;
  const siblings = foldersIn(folders, parentId).map((sibling) => sibling.id);
  const at = siblings.indexOf(id);
  const above = siblings[at - 1];
  switch (way) {
    case 'up':
      return above === undefined ? undefined : { parentId, beforeId: above };
    case 'down': {
      if (siblings[at + 1] === undefined) return undefined;
      const beforeId = siblings[at + 2];
      return { parentId, ...(beforeId === undefined ? {} : { beforeId }) };
    }
    case 'in':
      return above === undefined ? undefined : { parentId: above };
    case 'out': {
      const parent = folders.find((known) => known.id === parentId);
      if (!parent) return undefined;
      const uncles = foldersIn(folders, parent.parentId).map((uncle) => uncle.id);
      const beforeId = uncles[uncles.indexOf(parent.id) + 1];
      return { parentId: parent.parentId, ...(beforeId === undefined ? {} : { beforeId }) };
    }
  }
}
