import type { MercuriusContext } from 'mercurius';
import type { GraphQLContext } from '../../../graphql/builder.ts';
import { libraryPostView } from '../view.ts';
import type { LibraryPostView } from '../view.ts';
import type { FolderDoc } from './folder-model.ts';

interface Query {
  readonly obj: FolderDoc;
}

/** Fields of many folders that are asked for together. */
export const folderLoaders = {
  cover: {
    loader: async (queries: readonly Query[], context: MercuriusContext): Promise<(LibraryPostView | null)[]> => {
      // The context of every operation is the one that the endpoint makes.
      const { app, person } = context as MercuriusContext & GraphQLContext;
      const folders = queries.map(({ obj }) => obj);
      const covers = await app.library.query.coversOf(person.id, folders);
      return covers.map((entry) => entry && libraryPostView(entry));
    },
    // A folder is asked for once; to keep it by its text would cost more.
    opts: { cache: false },
  },
};
