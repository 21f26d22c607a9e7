import type { ResultOf } from 'gql.tada';
import type { DownloadFragment, LinkQuery } from './download-documents.ts';
import type { ImpactQuery, LibraryCountQuery, PostFragment } from './library-documents.ts';

/** A post in the person's library. */
export type Post = ResultOf<typeof PostFragment>;
export type MediaItem = Post['items'][number];
export type PostKind = Post['kind'];
export type MediaKind = MediaItem['kind'];
/** A download, on its way or over. */
export type Job = ResultOf<typeof DownloadFragment>;
export type DownloadStatus = Job['status'];
export type Stage = NonNullable<Job['stage']>;
export type Verdict = ResultOf<typeof LinkQuery>['link'];
export type Impact = ResultOf<typeof ImpactQuery>['removalImpact'];
export type Count = ResultOf<typeof LibraryCountQuery>['libraryCount'];
