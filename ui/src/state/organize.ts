import type { VariablesOf } from 'gql.tada';
import type { Api } from '../api/api.ts';
import type { OrganizeMutation } from '../api/folder-documents.ts';
import type { Post } from '../api/types.ts';
import type { Library } from './library.ts';

/** What a person says of a post; what is not given stays. */
export type OwnWords = VariablesOf<typeof OrganizeMutation>['words'];

/** Changes title, note or hidden items of one post, here and on the server. @throws ApiError */
export async function organize(api: Api, library: Library, id: string, words: OwnWords): Promise<Post> {
  const { OrganizeMutation: document } = await import('../api/folder-documents.ts');
  const { organizePost } = await api.query(document, { id, words });
  library.put(organizePost);
  return organizePost;
}
