import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import { personOf } from '../accounts/index.ts';
import type { StorageFigures } from './storage.ts';

const Bytes = Type.Number({ description: 'Bytes.' });
const Figures = Type.Object({
  used: Bytes,
  quota: Type.Unsafe<number | null>({ type: ['number', 'null'] }),
  total: Type.Optional(
    Type.Object({
      files: Type.Integer(),
      bytes: Bytes,
      free: Bytes,
      size: Bytes,
      reserve: Bytes,
      platforms: Type.Array(Type.Object({ platform: Type.String(), posts: Type.Integer(), bytes: Bytes })),
      people: Type.Array(Type.Object({ id: Type.String(), posts: Type.Integer(), bytes: Bytes })),
    }),
  ),
});

/** How much is kept: of the person, and for an admin of everybody, as sums only. */
export function addStorageRoutes(app: FastifyInstance): void {
  app.get(
    '/api/storage',
    {
      schema: { tags: ['library'], summary: 'Space that is used; admins see totals.', response: { 200: Figures } },
    },
    async (request): Promise<StorageFigures> => {
      const { id, role } = personOf(request);
      return app.library.storage.of(id, role === 'admin');
    },
  );
}
