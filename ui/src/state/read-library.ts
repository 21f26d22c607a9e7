import type { Api } from '../api/api.ts';
import { LibraryCountQuery, LibraryQuery, NewerPostsQuery } from '../api/library-documents.ts';
import type { Count, Post } from '../api/types.ts';
import type { Beyond } from './list-ends.rules.ts';
import type { FilterInput } from './passes.rules.ts';

/** A part of a list, and what the next part is asked for with. */
export interface PostPage {
  readonly items: readonly Post[];
  readonly nextCursor: string | null;
}

/** The page that lies beyond the older end of a list, newest first. @throws ApiError */
export async function readOlder(api: Api, { filter, cursor }: Beyond, signal?: AbortSignal): Promise<PostPage> {
  return (await api.query(LibraryQuery, { filter, cursor }, signal)).library;
}

/** The page that lies beyond the newer end of a list, newest first as well. @throws ApiError */
export async function readNewer(api: Api, { filter, cursor }: Beyond, signal?: AbortSignal): Promise<PostPage> {
  const { items, nextCursor } = (await api.query(NewerPostsQuery, { filter, cursor }, signal)).library;
  return { items: items.toReversed(), nextCursor };
}

/** What comes after a page that was asked for. */
export const after = ({ filter }: Beyond, { nextCursor }: PostPage): Beyond | undefined =>
  nextCursor === null ? undefined : { filter, cursor: nextCursor };

/** How many there are, wherever the list begins. @throws ApiError */
export async function readCount(api: Api, filter: FilterInput): Promise<Count> {
  return (await api.query(LibraryCountQuery, { filter })).libraryCount;
}
