import { builder } from '../../../graphql/builder.ts';
import { Count, LibraryFilter, LibraryPost, Sort } from '../graphql.ts';
import type { LibraryEntry, PageOptions } from '../library-query.ts';
import { present } from '../present.rules.ts';
import { libraryPostView } from '../view.ts';

interface PostEdge {
  readonly entry: LibraryEntry;
  readonly cursor: string;
}

interface PostConnection {
  readonly edges: readonly PostEdge[];
  readonly hasNextPage: boolean;
  readonly options: PageOptions;
}

const PAGE_SIZE = 60;

const PageInfo = builder.objectRef<PostConnection>('PageInfo').implement({
  fields: (t) => ({
    hasNextPage: t.exposeBoolean('hasNextPage'),
    hasPreviousPage: t.boolean({
      description: 'Lists are read forwards: there is something before what comes behind a cursor.',
      resolve: ({ options }) => options.cursor !== undefined,
    }),
    startCursor: t.string({ nullable: true, resolve: ({ edges }) => edges[0]?.cursor ?? null }),
    endCursor: t.string({ nullable: true, resolve: ({ edges }) => edges.at(-1)?.cursor ?? null }),
  }),
});

const Edge = builder.objectRef<PostEdge>('PostEdge').implement({
  fields: (t) => ({
    cursor: t.exposeString('cursor'),
    node: t.field({ type: LibraryPost, resolve: ({ entry }) => libraryPostView(entry) }),
  }),
});

const Connection = builder.objectRef<PostConnection>('PostConnection').implement({
  description: 'A page of posts, by the relay specification of connections.',
  fields: (t) => ({
    edges: t.field({ type: [Edge], resolve: ({ edges }) => [...edges] }),
    pageInfo: t.field({ type: PageInfo, resolve: (connection) => connection }),
    totalCount: t.field({
      type: Count,
      description: 'Of all pages together.',
      resolve: async ({ options }, _args, { app, person }) => app.library.query.count(person.id, options.filter),
    }),
  }),
});

builder.queryFields((t) => ({
  posts: t.field({
    type: Connection,
    description: 'What `library` lists, as a connection.',
    args: {
      first: t.arg.int({ defaultValue: PAGE_SIZE }),
      after: t.arg.string({ description: 'A cursor of the same list.' }),
      filter: t.arg({ type: LibraryFilter }),
      sort: t.arg({ type: Sort, defaultValue: 'added_desc' }),
      seed: t.arg.int({ description: 'Of a random order: the same seed, the same order.' }),
    },
    resolve: async (_root, { first, after, filter, sort, seed }, { app, person }) => {
      const { query } = app.library;
      const options = {
        filter: present(filter),
        sort: sort ?? 'added_desc',
        seed: seed ?? 0,
        limit: first ?? PAGE_SIZE,
        cursor: after ?? undefined,
      };
      const { items, nextCursor } = await query.page(person.id, options);
      const edges = items.map((entry) => ({ entry, cursor: query.cursorOf(entry.link, options) }));
      return { edges, hasNextPage: nextCursor !== null, options };
    },
  }),
}));
