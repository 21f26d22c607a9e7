import { FOLDER_TYPE, idsOf, isOwnDrag, POSTS_TYPE } from '../select/drag-data.ts';
import { isIdleMove } from './folder-tree.rules.ts';
import type { FolderFacts, FolderMove } from './folder-tree.rules.ts';

/** On a row, or between it and the one above. */
export type Zone = 'into' | 'before';

/** The part of a row's height, from the top, that means "before it". */
const BEFORE = 0.28;

/** The row under a drag of ours, and which part of it. */
export function zoneOf(event: DragEvent): { id: string; zone: Zone } | undefined {
  if (!isOwnDrag(event.dataTransfer)) return undefined;
  const row = event.composedPath().find((node) => node instanceof HTMLElement && node.dataset['id'] !== undefined);
  if (!(row instanceof HTMLElement)) return undefined;
  const box = row.getBoundingClientRect();
  const posts = event.dataTransfer?.types.includes(POSTS_TYPE) ?? false;
  const before = !posts && event.clientY < box.top + box.height * BEFORE;
  return { id: row.dataset['id'] ?? '', zone: before ? 'before' : 'into' };
}

/** What a drop on a tree means. */
export type Dropped =
  | { readonly kind: 'posts'; readonly folderId: string; readonly ids: readonly string[] }
  | { readonly kind: 'folder'; readonly id: string; readonly move: FolderMove };

/** Nothing for a drop that would change nothing. */
export function readDrop(event: DragEvent, folders: readonly FolderFacts[]): Dropped | undefined {
  const target = zoneOf(event);
  if (!target) return undefined;
  const ids = idsOf(event.dataTransfer, POSTS_TYPE);
  if (ids.length > 0) return { kind: 'posts', folderId: target.id, ids };
  const [id] = idsOf(event.dataTransfer, FOLDER_TYPE);
  const onto = folders.find((folder) => folder.id === target.id);
  if (id === undefined || !onto) return undefined;
  const move = target.zone === 'into' ? { parentId: onto.id } : { parentId: onto.parentId, beforeId: onto.id };
  return isIdleMove(folders, id, move) ? undefined : { kind: 'folder', id, move };
}
