import type { ResultOf, VariablesOf } from 'gql.tada';
import type { BulkFragment } from './bulk-documents.ts';
import type { DownloadFragment, LinkQuery } from './download-documents.ts';
import type { DeleteFolderMutation, FolderFragment, TagsQuery } from './folder-documents.ts';
import type {
  ImpactQuery,
  LibraryCountQuery,
  PostFragment,
  RemoveMutation,
  RenditionFragment,
} from './library-documents.ts';

/** A post in the person's library. */
export type Post = ResultOf<typeof PostFragment>;
export type MediaItem = Post['items'][number];
export type PostKind = Post['kind'];
/** How it stands with making an item playable. */
export type RenditionState = ResultOf<typeof RenditionFragment>;
export type MediaKind = MediaItem['kind'];
/** A download, on its way or over. */
export type Job = ResultOf<typeof DownloadFragment>;
export type DownloadStatus = Job['status'];
export type Stage = NonNullable<Job['stage']>;
export type Verdict = ResultOf<typeof LinkQuery>['link'];
export type Impact = ResultOf<typeof ImpactQuery>['removalImpact'];
/** What removing has done. */
export type Removed = ResultOf<typeof RemoveMutation>['removePost'];
export type Count = ResultOf<typeof LibraryCountQuery>['libraryCount'];
/** A folder of the person's, or one that somebody shares with them. */
export type Folder = ResultOf<typeof FolderFragment>;
/** What becomes of the posts of a folder that is deleted. */
export type FolderContent = VariablesOf<typeof DeleteFolderMutation>['content'];
export type Tag = ResultOf<typeof TagsQuery>['tags'][number];
/** A change of many posts. */
export type BulkJob = ResultOf<typeof BulkFragment>;
export type BulkAction = BulkJob['action'];
