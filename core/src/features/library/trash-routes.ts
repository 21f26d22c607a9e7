import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { Static } from 'typebox';
import { personOf } from '../accounts/index.ts';

const LinkId = Type.Object({ linkId: Type.String({ pattern: '^[0-9a-f]{24}$' }) });
const Trashed = Type.Object({ linkId: Type.String(), state: Type.String(), trashedAt: Type.Optional(Type.String()) });
const tags = ['library'];

/** The trash keeps posts for some days; from there they come back, or go for good. */
export function addTrashRoutes(app: FastifyInstance): void {
  for (const [action, summary] of [
    ['trash', 'Put a post into the trash; everything is kept.'],
    ['restore', 'Take a post out of the trash.'],
  ] as const) {
    app.post<{ Params: Static<typeof LinkId> }>(
      `/api/library/:linkId/${action}`,
      { schema: { tags, summary, params: LinkId, response: { 200: Trashed } } },
      async (request) => {
        const { _id, state, trashedAt } = await app.library[action](request.params.linkId, personOf(request).id);
        return { linkId: _id.toHexString(), state, ...(trashedAt && { trashedAt: trashedAt.toISOString() }) };
      },
    );
  }

  app.delete(
    '/api/trash',
    { schema: { tags, summary: 'Empty the trash: its posts go for good, files with their last reference.' } },
    async (request) => ({ removed: await app.library.emptyTrash(personOf(request).id) }),
  );
}
