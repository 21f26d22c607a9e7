import type { Api } from '../api/api.ts';
import { LibraryCountQuery, LibraryQuery } from '../api/library-documents.ts';
import type { Count, Post } from '../api/types.ts';
import type { Filter } from '../router/filter.ts';
import { toInput, toListInput } from './passes.rules.ts';

/** A part of a list, and what the next part is asked for with. */
export interface PostPage {
  readonly items: readonly Post[];
  readonly nextCursor: string | null;
}

/** @param cursor - null: from the beginning. @throws ApiError */
export async function readPage(
  api: Api,
  filter: Filter,
  cursor: string | null = null,
  signal?: AbortSignal,
): Promise<PostPage> {
  return (await api.query(LibraryQuery, { filter: toListInput(filter), cursor }, signal)).library;
}

/** How many there are, wherever the list begins. @throws ApiError */
export async function readCount(api: Api, filter: Filter): Promise<Count> {
  return (await api.query(LibraryCountQuery, { filter: toInput(filter) })).libraryCount;
}
