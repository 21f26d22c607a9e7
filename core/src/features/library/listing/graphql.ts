import { builder } from '../../../graphql/builder.ts';
import { LibraryFilter } from '../graphql.ts';
import { present } from '../present.rules.ts';

builder.queryFields((t) => ({
  libraryMonths: t.stringList({
    description: 'Months in which something was added, newest first, as `YYYY-MM` of UTC; 240 at most.',
    args: { filter: t.arg({ type: LibraryFilter }) },
    resolve: async (_root, { filter }, { app, person }) => app.library.query.months(person.id, present(filter)),
  }),
}));
