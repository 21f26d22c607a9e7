import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { Static } from 'typebox';
import { ZipFile } from 'yazl';
import { CodedError } from '../../errors.ts';
import { personOf } from '../accounts/index.ts';
import { nameOf, nameOfPost } from '../library/index.ts';
import type { PostDoc } from '../library/index.ts';
import { sendMedia } from '../media/index.ts';
import type { MediaDoc } from '../media/index.ts';

const JobId = Type.Object({ jobId: Type.String({ pattern: '^[0-9a-f]{24}$' }) });
const DownloadQuery = Type.Object({ index: Type.Optional(Type.Integer({ minimum: 0, maximum: 9999 })) });
const Files = Type.Object({
  files: Type.Array(
    Type.Object({
      mediaId: Type.String(),
      sha256: Type.String(),
      filename: Type.String(),
      mime: Type.String(),
      kind: Type.String(),
      size: Type.Integer(),
      width: Type.Optional(Type.Integer()),
      height: Type.Optional(Type.Integer()),
      duration: Type.Optional(Type.Number()),
    }),
  ),
});

/** The files that a download brought: what they are, and the bytes. */
export function addFileRoutes(app: FastifyInstance): void {
  app.get<{ Params: Static<typeof JobId> }>(
    '/api/files/:jobId',
    { schema: { tags: ['downloads'], summary: 'Files of a download.', params: JobId, response: { 200: Files } } },
    async (request) => {
      const { post, media, format } = await filesOf(app, personOf(request).id, request.params.jobId);
      return { files: media.map((file) => fileView(post, file, format)) };
    },
  );

  app.get<{ Params: Static<typeof JobId>; Querystring: Static<typeof DownloadQuery> }>(
    '/api/files/:jobId/download',
    {
      schema: {
        tags: ['downloads'],
        summary: 'The file; several as a zip stream.',
        params: JobId,
        querystring: DownloadQuery,
      },
    },
    async (request, reply) => {
      const { post, media, format } = await filesOf(app, personOf(request).id, request.params.jobId);
      const { index = media.length === 1 ? 0 : undefined } = request.query;
      if (index === undefined) {
        await assertPublished(app, media);
        return reply
          .type('application/zip')
          .header('content-disposition', `attachment; filename="${nameOfPost(post, format)}.zip"`)
          .send(zip(app, nameOfPost(post, format), media));
      }
      const file = media[index];
      if (file === undefined) throw new CodedError('MF_ERR_UNKNOWN', 'The post has no such file.');
      await assertPublished(app, [file]);
      return sendMedia(request, reply, file, app.media.files.finalPath(file), {
        name: nameOf(post, file, format),
        download: true,
      });
    },
  );
}

async function filesOf(
  app: FastifyInstance,
  userId: string,
  jobId: string,
): Promise<{ post: PostDoc; media: MediaDoc[]; format: unknown }> {
  const download = await app.downloads.query.one(userId, jobId);
  const entry = download.post === undefined ? null : await app.library.query.entryOfPost(userId, download.post);
  if (entry === null) throw new CodedError('MF_ERR_UNKNOWN', 'This download has no files in your library.');
  const found = await Promise.all(entry.post.items.map(async ({ media }) => app.media.byId(media)));
  return {
    post: entry.post,
    media: found.filter((media) => media !== null),
    format: download.options['nameFormat'],
  };
}

function fileView(post: PostDoc, media: MediaDoc, format: unknown): Static<typeof Files>['files'][number] {
  const { _id, sha256, ext, mime, kind, size, width, height, duration } = media;
  return {
    mediaId: _id.toString(),
    sha256,
    filename: `${nameOf(post, media, format)}.${ext}`,
    mime,
    kind,
    size,
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(duration !== undefined && { duration }),
  };
}

/** @throws MF_ERR_UNKNOWN before the first byte, when a file is not on the disk as it should be */
async function assertPublished(app: FastifyInstance, media: readonly MediaDoc[]): Promise<void> {
  for (const file of media) {
    if (!(await app.media.files.isPublished(file)))
      throw new CodedError('MF_ERR_UNKNOWN', 'A file of this download is not on the disk.');
  }
}

/** Media are compressed already: the zip only packs them, one file open at a time. */
function zip(app: FastifyInstance, name: string, media: readonly MediaDoc[]): Readable {
  const archive = new ZipFile();
  const output = archive.outputStream as Readable;
  let open: Readable | undefined;
  media.forEach((file, index) => {
    const entry = `${name}-${String(index + 1).padStart(2, '0')}.${file.ext}`;
    archive.addReadStreamLazy(entry, { compress: false, size: file.size }, (done) => {
      open = createReadStream(app.media.files.finalPath(file));
      done(null, open);
    });
  });
  // A file that goes while it is read ends the answer, not the server.
  archive.on('error', (error: Error) => output.destroy(error));
  output.once('close', () => open?.destroy());
  archive.end();
  return output;
}
