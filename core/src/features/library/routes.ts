import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { Static } from 'typebox';
import { CodedError } from '../../errors.ts';
import { personOf } from '../accounts/index.ts';
import type { MediaDoc } from '../media/index.ts';
import { sendMedia } from '../media/index.ts';
import { nameOf } from './download-name.rules.ts';
import { ListQuery, pageOptionsOf } from './listing/list-schema.ts';
import type { PostDoc } from './models.ts';
import { libraryPostView } from './view.ts';

const Id = Type.Object({ id: Type.String({ pattern: '^[0-9a-f]{24}$' }) });
const LinkId = Type.Object({ linkId: Type.String({ pattern: '^[0-9a-f]{24}$' }) });
const FileQuery = Type.Object({ download: Type.Optional(Type.String({ enum: ['1', 'true'] })) });
const ThumbnailQuery = Type.Object({ size: Type.Integer({ minimum: 1, maximum: 4096, default: 480 }) });

/** The list, removal, and the files of one's own posts. */
export function addLibraryRoutes(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof ListQuery> }>(
    '/api/library',
    { schema: { tags: ['library'], summary: "The person's posts.", querystring: ListQuery } },
    async (request) => {
      const page = await app.library.query.page(personOf(request).id, pageOptionsOf(request.query));
      return { items: page.items.map(libraryPostView), nextCursor: page.nextCursor };
    },
  );

  app.delete<{ Params: Static<typeof LinkId> }>(
    '/api/library/:linkId',
    {
      schema: {
        tags: ['library'],
        summary: 'Remove a post for good; a file goes with its last reference.',
        params: LinkId,
      },
    },
    async (request) => app.library.remove(request.params.linkId, personOf(request).id),
  );

  app.get<{ Params: Static<typeof Id>; Querystring: Static<typeof FileQuery> }>(
    '/api/media/:id/file',
    { schema: { tags: ['library'], summary: 'A stored file; Range is served.', params: Id, querystring: FileQuery } },
    async (request, reply) => {
      const { media, post } = await ownMedia(app, personOf(request).id, request.params.id);
      const path = app.media.files.finalPath(media);
      if (!(await app.media.files.isPublished(media)))
        throw new CodedError('MF_ERR_UNKNOWN', 'The file is not on the disk.');
      const name = nameOf(post, media);
      return sendMedia(request, reply, media, path, { name, download: request.query.download !== undefined });
    },
  );

  app.get<{ Params: Static<typeof Id>; Querystring: Static<typeof ThumbnailQuery> }>(
    '/api/media/:id/thumbnail',
    {
      schema: {
        tags: ['library'],
        summary: 'A WebP picture of about this width; one that is missing is made again.',
        params: Id,
        querystring: ThumbnailQuery,
      },
    },
    async (request, reply) => {
      const { media } = await ownMedia(app, personOf(request).id, request.params.id);
      const thumbnail = await app.media.thumbnails.read(media, request.query.size);
      if (thumbnail === undefined) throw new CodedError('MF_ERR_UNKNOWN', 'There is no picture of this.');
      const etag = `"${media.sha256}-${thumbnail.width}"`;
      reply.header('etag', etag).header('cache-control', 'private, max-age=31536000, immutable').type('image/webp');
      return request.headers['if-none-match'] === etag ? reply.code(304).send() : reply.send(thumbnail.bytes);
    },
  );
}

/** @throws MF_ERR_UNKNOWN also for what is somebody else's: nobody learns that it exists */
async function ownMedia(app: FastifyInstance, userId: string, id: string): Promise<{ media: MediaDoc; post: PostDoc }> {
  const post = await app.library.query.postWithMedia(userId, id);
  const media = post === null ? null : await app.media.byId(id);
  if (post === null || media?.state !== 'ready') throw new CodedError('MF_ERR_UNKNOWN');
  return { media, post };
}
