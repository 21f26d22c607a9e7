import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { Static } from 'typebox';
import { personOf } from '../accounts/index.ts';
import type { LibraryModels } from './models.ts';

const GB = 1e9;
const MB = 1024 * 1024;
const Bytes = Type.Number({ description: 'Bytes.' });
const Storage = Type.Object({
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
type Storage = Static<typeof Storage>;

/** How much is kept: of the person, and for an admin of everybody, as sums only. */
export function addStorageRoutes(app: FastifyInstance, models: LibraryModels): void {
  app.get(
    '/api/storage',
    {
      schema: { tags: ['library'], summary: 'Space that is used; admins see totals.', response: { 200: Storage } },
    },
    async (request): Promise<Storage> => {
      const { id, role } = personOf(request);
      const { quotaGb, reserveMb } = await app.system.settings.read();
      const own = { used: await app.library.limits.usedBy(id), quota: quotaGb === null ? null : quotaGb * GB };
      if (role !== 'admin') return own;
      const { free, total: size } = await app.system.mediaRoot.space();
      const sums = { ...(await app.media.usage()), free, size, reserve: reserveMb * MB };
      return { ...own, total: { ...sums, ...(await sumsOf(models)) } };
    },
  );
}

interface Sum {
  readonly _id: unknown;
  readonly posts: number;
  readonly bytes: number;
}

/** Posts that share a file count it each: these are sizes of posts, `bytes` of the whole is what lies on the disk. */
async function sumsOf({
  Post,
  Link,
}: LibraryModels): Promise<Pick<NonNullable<Storage['total']>, 'platforms' | 'people'>> {
  const group = (field: string) => [
    { $group: { _id: field, posts: { $sum: 1 }, bytes: { $sum: '$size' } } },
    { $sort: { bytes: -1 as const } },
  ];
  const platforms = await Post.aggregate<Sum>(group('$platform'));
  const people = await Link.aggregate<Sum>(group('$user'));
  return {
    platforms: platforms.map(({ _id, ...sum }) => ({ platform: String(_id), ...sum })),
    people: people.map(({ _id, ...sum }) => ({ id: String(_id), ...sum })),
  };
}
