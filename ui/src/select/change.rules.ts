import type { VariablesOf } from 'gql.tada';
import type { StartBulkMutation } from '../api/bulk-documents.ts';
import type { BulkAction, Post } from '../api/types.ts';

type Options = NonNullable<VariablesOf<typeof StartBulkMutation>['options']>;

/** One change of many posts. */
export interface Change {
  readonly action: BulkAction;
  readonly options?: Options;
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
