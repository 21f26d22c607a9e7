import type { VariablesOf } from 'gql.tada';
import type { StartBulkMutation } from '../api/bulk-documents.ts';
import type { BulkAction, Post } from '../api/types.ts';

type Options = NonNullable<VariablesOf<typeof StartBulkMutation>['options']>;

/** One change of many posts. */
export interface Change {
  readonly action: BulkAction;
  readonly options?: Options;
}

/** A change, and the posts it is for. */
export interface ChangeOf extends Change {
  readonly ids: readonly string[];
}

type Facts = Pick<Post, 'id' | 'folderIds' | 'tags' | 'favourite'>;

/** What takes a change back, from what the posts were before; nothing for what is for good. */
export function undoOf({ action, options = {} }: Change, posts: readonly Facts[]): ChangeOf[] {
  const ids = posts.map(({ id }) => id);
  const folder = options.folder ?? '';
  const outside = idsOf(posts, ({ folderIds }) => !folderIds.includes(folder));
  const inside = idsOf(posts, ({ folderIds }) => folderIds.includes(folder));
  switch (action) {
    case 'addToFolder':
      return some({ action: 'removeFromFolder', options: { folder }, ids: outside });
    case 'removeFromFolder':
      return some({ action: 'addToFolder', options: { folder }, ids: inside });
    case 'moveToFolder': {
      const from = options.from ?? undefined;
      const leave = from === undefined ? ids : idsOf(posts, ({ folderIds }) => folderIds.includes(from));
      return [
        ...(from === undefined ? [] : some({ action: 'addToFolder', options: { folder: from }, ids: leave })),
        ...some({ action: 'removeFromFolder', options: { folder }, ids: outside }),
      ];
    }
    case 'toInbox': {
      const folders = [...new Set(posts.flatMap(({ folderIds }) => folderIds))];
      return folders.flatMap((id) =>
        some({
          action: 'addToFolder',
          options: { folder: id },
          ids: idsOf(posts, (post) => post.folderIds.includes(id)),
        }),
      );
    }
    case 'favourite':
      return some({ action: 'unfavourite', ids: idsOf(posts, ({ favourite }) => !favourite) });
    case 'unfavourite':
      return some({ action: 'favourite', ids: idsOf(posts, ({ favourite }) => favourite) });
    case 'addTags':
      return tagsOf(options).flatMap((tag) =>
        some({ action: 'removeTags', options: { tags: [tag] }, ids: idsOf(posts, (post) => !hasTag(post, tag)) }),
      );
    case 'removeTags':
      return tagsOf(options).flatMap((tag) =>
        some({ action: 'addTags', options: { tags: [tag] }, ids: idsOf(posts, (post) => hasTag(post, tag)) }),
      );
    case 'trash':
      return some({ action: 'restore', ids });
    case 'restore':
      return some({ action: 'trash', ids });
    case 'remove':
    case 'renameTag':
      return [];
  }
}

/** A post as the change will leave it, shown before the server has answered. */
export function changePost({ action, options = {} }: Change, post: Post): Post {
  const folder = options.folder ?? '';
  const without = (id: string): string[] => post.folderIds.filter((known) => known !== id);
  switch (action) {
    case 'addToFolder':
      return { ...post, folderIds: [...without(folder), folder] };
    case 'removeFromFolder':
      return { ...post, folderIds: without(folder) };
    case 'moveToFolder':
      return { ...post, folderIds: [...without(options.from ?? '').filter((id) => id !== folder), folder] };
    case 'toInbox':
      return { ...post, folderIds: [] };
    case 'favourite':
    case 'unfavourite':
      return { ...post, favourite: action === 'favourite' };
    case 'addTags':
      return { ...post, tags: [...post.tags, ...tagsOf(options).filter((tag) => !hasTag(post, tag))] };
    case 'removeTags': {
      const gone = new Set(tagsOf(options).map(fold));
      return { ...post, tags: post.tags.filter((tag) => !gone.has(fold(tag))) };
    }
    default:
      return post;
  }
}

/** True for changes that take a post out of the list it is in, or bring it back. */
export const leavesList = ({ action }: Change): boolean =>
  action === 'trash' || action === 'restore' || action === 'remove';

/** True when the post has the tag, in whatever case. */
export const hasTag = ({ tags }: Pick<Post, 'tags'>, tag: string): boolean =>
  tags.some((known) => fold(known) === fold(tag));

const fold = (tag: string): string => tag.normalize('NFC').toLocaleLowerCase();
const tagsOf = ({ tags }: Options): readonly string[] => tags ?? [];
const some = (change: ChangeOf): ChangeOf[] => (change.ids.length > 0 ? [change] : []);
const idsOf = (posts: readonly Facts[], wanted: (post: Facts) => boolean): string[] =>
  posts.filter(wanted).map(({ id }) => id);
