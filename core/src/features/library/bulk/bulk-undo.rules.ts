import type { LinkDoc } from '../models.ts';
import { labelOf } from '../listing/list-facts.rules.ts';
import type { BulkAction, BulkDoc, BulkOptions, UndoPart } from './bulk-model.ts';

type Facts = Pick<LinkDoc, '_id' | 'folders' | 'tags' | 'favourite' | 'state'>;

const FOR_GOOD: ReadonlySet<BulkAction> = new Set(['remove', 'renameTag'] as const);

export const canBeUndone = (action: BulkAction): boolean => !FOR_GOOD.has(action);

/** Milliseconds for which a job can be taken back: some less than its steps are kept. */
const UNDOABLE_MS = 23 * 60 * 60_000;

/** Whether all that takes a job back is there, and stays while that is done. */
export function isUndoable(
  { action, undoes, keepsSteps = false, createdAt }: Pick<BulkDoc, 'action' | 'undoes' | 'keepsSteps' | 'createdAt'>,
  now: number,
): boolean {
  return canBeUndone(action) && undoes === undefined && keepsSteps && now - createdAt.getTime() < UNDOABLE_MS;
}

/** What will take a change back, from what the links are before it; those that it leaves as they are, are left out. */
export function undoOf(action: BulkAction, options: BulkOptions, links: readonly Facts[]): UndoPart[] {
  const part = (back: BulkAction, put: BulkOptions, wanted: (link: Facts) => boolean): UndoPart[] => {
    const ids = links.filter(wanted).map(({ _id }) => _id.toHexString());
    return ids.length === 0 ? [] : [{ action: back, options: put, ids }];
  };
  // A job has what its action needs: see `checkBulkRequest`.
  const { folder = '', from = '', tags = [] } = options;
  const isIn = (link: Facts, id: string): boolean => link.folders.some((known) => String(known) === id);
  switch (action) {
    case 'addToFolder':
      return part('removeFromFolder', { folder }, (link) => !isIn(link, folder));
    case 'removeFromFolder':
      return part('addToFolder', { folder }, (link) => isIn(link, folder));
    case 'moveToFolder':
      return [
        ...part('addToFolder', { folder: from }, (link) => from !== folder && isIn(link, from)),
        ...part('removeFromFolder', { folder }, (link) => !isIn(link, folder)),
      ];
    case 'toInbox':
      return [...new Set(links.flatMap((link) => link.folders.map(String)))].flatMap((id) =>
        part('addToFolder', { folder: id }, (link) => isIn(link, id)),
      );
    case 'favourite':
      return part('unfavourite', {}, ({ favourite }) => favourite !== true);
    case 'unfavourite':
      return part('favourite', {}, ({ favourite }) => favourite === true);
    case 'addTags':
      return tags.flatMap((tag) => part('removeTags', { tags: [tag] }, (link) => !hasTag(link, tag)));
    case 'removeTags':
      // As each link spells it, not as the request does.
      return tags
        .flatMap((tag) => spellingsOf(tag, links))
        .flatMap((tag) => part('addTags', { tags: [tag] }, (link) => link.tags.includes(tag)));
    case 'trash':
      return part('restore', {}, ({ state }) => state === 'active');
    case 'restore':
      return part('trash', {}, ({ state }) => state === 'trashed');
    case 'remove':
    case 'renameTag':
      return [];
  }
}

const spellingsOf = (tag: string, links: readonly Facts[]): string[] => [
  ...new Set(links.flatMap(({ tags }) => tags.filter((known) => labelOf(known) === labelOf(tag)))),
];

const hasTag = ({ tags }: Facts, tag: string): boolean => tags.some((known) => labelOf(known) === labelOf(tag));
