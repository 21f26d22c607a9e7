import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { Static } from 'typebox';
import { personOf } from '../accounts/index.ts';
import { CodedError } from '../../errors.ts';
import { assertConfidential } from '../../confidential.ts';
import { MAX_HEADERS, MAX_HEADER_VALUE } from './headers.rules.ts';
import type { DownloadEmitter } from './events.ts';
import { STATUSES } from './model.ts';
import type { DownloadDoc, DownloadStatus } from './model.ts';
import { EventStreams } from './sse.ts';
import { downloadView } from './view.ts';
import { asItIs, DownloadRecord, DownloadRecords } from './view-schema.ts';

export const JobId = Type.Object({ jobId: Type.String({ pattern: '^[0-9a-f]{24}$' }) });
const Submit = Type.Object(
  {
    url: Type.String(),
    options: Type.Optional(Type.Record(Type.String({ maxLength: 100 }), Type.Unknown())),
    headers: Type.Optional(
      Type.Record(Type.String({ maxLength: 100 }), Type.String({ maxLength: MAX_HEADER_VALUE }), {
        maxProperties: MAX_HEADERS,
      }),
    ),
    folder: Type.Optional(
      Type.String({
        pattern: '^[0-9a-f]{24}$',
        description: 'Where the post is filed: an own folder, or a shared one that the person may add to.',
      }),
    ),
    tags: Type.Optional(Type.Array(Type.String({ maxLength: 200 }), { maxItems: 50 })),
    account: Type.Optional(Type.String({ maxLength: 40, description: "Which of the person's accounts is used." })),
  },
  { additionalProperties: false },
);
const Submitted = Type.Object({ jobId: Type.String(), existing: Type.Optional(Type.Boolean()) });
const Status = Type.Unsafe<DownloadStatus>(Type.String({ enum: [...STATUSES] }));
const ListQuery = Type.Object({
  status: Type.Optional(Status),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 40 })),
  parent: Type.Optional(
    Type.String({ pattern: '^[0-9a-f]{24}$', description: 'Posts of this profile or list, in its order.' }),
  ),
});

const tags = ['downloads'];

/** Submit, list and watch. */
export function addDownloadRoutes(app: FastifyInstance, events: DownloadEmitter): void {
  const { downloads } = app;

  app.post<{ Body: Static<typeof Submit> }>(
    '/api/downloads',
    { schema: { tags, summary: 'Download a post.', body: Submit, response: { 200: Submitted, 202: Submitted } } },
    async (request, reply) => {
      const { url, options, headers, account, folder, tags: given } = request.body;
      if (headers !== undefined) assertConfidential(request);
      const { download, existing } = await downloads.submit({
        userId: personOf(request).id,
        url,
        ...(options && { options }),
        ...(headers && { headers }),
        ...(account !== undefined && { account }),
        filing: { ...(folder !== undefined && { folder }), ...(given && { tags: given }) },
      });
      const jobId = download._id.toString();
      return existing ? reply.code(200).send({ jobId, existing }) : reply.code(202).send({ jobId });
    },
  );

  app.get<{ Querystring: Static<typeof ListQuery> }>(
    '/api/downloads',
    {
      schema: {
        tags,
        summary: "The person's downloads, newest first.",
        querystring: ListQuery,
        response: { 200: DownloadRecords },
      },
      serializerCompiler: asItIs,
    },
    async (request) => {
      const { status, limit, cursor, parent } = request.query;
      const page = await downloads.query.page(personOf(request).id, {
        limit,
        ...(status !== undefined && { statuses: [status] }),
        ...(cursor !== undefined && { cursor }),
        ...(parent !== undefined && { parent }),
      });
      return { items: page.items.map(downloadView), nextCursor: page.nextCursor };
    },
  );

  app.get<{ Params: Static<typeof JobId> }>(
    '/api/downloads/:jobId',
    {
      schema: { tags, summary: 'One download.', params: JobId, response: { 200: DownloadRecord } },
      serializerCompiler: asItIs,
    },
    async (request) => downloadView(await downloads.query.one(personOf(request).id, request.params.jobId)),
  );

  app.get<{ Params: Static<typeof JobId> }>(
    '/api/downloads/:jobId/log',
    {
      schema: {
        tags,
        summary: 'What the tools were asked and said in the last failed attempt, without secrets.',
        params: JobId,
        response: { 200: { content: { 'text/plain': { schema: Type.String() } } } },
      },
    },
    async (request, reply) => {
      const log = await downloads.logOf(personOf(request).id, request.params.jobId);
      if (log === undefined) throw new CodedError('MF_ERR_UNKNOWN', 'There is no log of a failed attempt.');
      return reply.type('text/plain; charset=utf-8').header('cache-control', 'private, no-store').send(log);
    },
  );

  addEventRoutes(app, events);
}

function addEventRoutes(app: FastifyInstance, events: DownloadEmitter): void {
  const streams = new EventStreams(app, events);
  const { downloads } = app;
  const active = async (userId: string): Promise<DownloadDoc[]> =>
    (await downloads.query.page(userId, { statuses: ['queued', 'running', 'paused'], limit: 200 })).items;

  app.get(
    '/api/events',
    { schema: { tags, summary: "Server-sent events of all of the person's downloads." } },
    async (request, reply) => {
      const userId = personOf(request).id;
      return streams.serve(request, reply, { snapshot: async () => active(userId) });
    },
  );

  app.get<{ Params: Static<typeof JobId> }>(
    '/api/downloads/:jobId/events',
    { schema: { tags, summary: 'Server-sent events of one download.', params: JobId } },
    async (request, reply) => {
      const userId = personOf(request).id;
      const { jobId } = request.params;
      await downloads.query.one(userId, jobId);
      return streams.serve(request, reply, {
        jobId,
        snapshot: async () => [await downloads.query.one(userId, jobId)],
      });
    },
  );
}
