import { builder } from '../../../graphql/builder.ts';
import { LibraryPost } from '../graphql.ts';
import { present } from '../present.rules.ts';
import type { TagDoc } from '../tags/tag-model.ts';
import { libraryPostView } from '../view.ts';

const Words = builder.inputType('PostWords', {
  description: 'What is not given stays; an empty text takes it away.',
  fields: (t) => ({
    favourite: t.boolean(),
    note: t.string(),
    title: t.string(),
    tags: t.stringList(),
    hiddenItems: t.intList({ description: 'Indexes of the items that are not shown.' }),
  }),
});

const Tag = builder.objectRef<TagDoc>('Tag').implement({
  fields: (t) => ({ name: t.exposeString('name'), count: t.exposeInt('count') }),
});

builder.queryFields((t) => ({
  tags: t.field({
    type: [Tag],
    description: "Tags of the person's posts that begin so, the most used first.",
    args: { prefix: t.arg.string(), limit: t.arg.int({ defaultValue: 20 }) },
    resolve: async (_root, { prefix, limit }, { app, person }) =>
      app.library.tags.suggest(person.id, prefix ?? '', limit ?? 20),
  }),
}));

builder.mutationFields((t) => ({
  organizePost: t.field({
    type: LibraryPost,
    args: { id: t.arg.id({ required: true }), words: t.arg({ type: Words, required: true }) },
    resolve: async (_root, { id, words }, { app, person }) =>
      libraryPostView(await app.library.organizer.change(person.id, id, present(words))),
  }),
}));
