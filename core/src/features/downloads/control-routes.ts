import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { Static } from 'typebox';
import { personOf } from '../accounts/index.ts';
import { MAX_BULK } from './bulk-control.ts';
import { JobId } from './routes.ts';
import { downloadView } from './view.ts';
import { asItIs, DownloadRecord } from './view-schema.ts';

const CONTROLS = ['cancel', 'pause', 'resume', 'retry'] as const;

const Many = Type.Object(
  {
    ids: Type.Optional(Type.Array(JobId.properties.jobId, { minItems: 1, maxItems: MAX_BULK })),
    all: Type.Optional(Type.Boolean({ description: 'All that it fits; retry: all that failed.' })),
    platform: Type.Optional(Type.String({ maxLength: 60, description: "Of `all` only this platform's." })),
  },
  { additionalProperties: false },
);
const Outcome = Type.Object({
  changed: Type.Integer(),
  refused: Type.Integer(),
  refusals: Type.Array(Type.Object({ id: Type.String(), code: Type.String(), message: Type.String() }), {
    description: 'The first 100 of them.',
  }),
  left: Type.Integer({ description: 'Of `all`: how many are left for the next request.' }),
});
const Queue = Type.Object({
  paused: Type.Boolean({ description: 'An admin has stopped all downloads of everybody.' }),
  since: Type.Optional(Type.String({ format: 'date-time' })),
});

const tags = ['downloads'];

/** Cancel, pause, resume and retry: of one, of many, of everybody. */
export function addControlRoutes(app: FastifyInstance): void {
  const { downloads } = app;
  for (const control of CONTROLS) {
    const verb = `${control.charAt(0).toUpperCase()}${control.slice(1)}`;
    app.post<{ Params: Static<typeof JobId> }>(
      `/api/downloads/:jobId/${control}`,
      {
        schema: { tags, summary: `${verb} a download.`, params: JobId, response: { 200: DownloadRecord } },
        serializerCompiler: asItIs,
      },
      async (request) => downloadView(await downloads.control[control](personOf(request).id, request.params.jobId)),
    );
    app.post<{ Body: Static<typeof Many> }>(
      `/api/downloads/${control}`,
      { schema: { tags, summary: `${verb} many downloads.`, body: Many, response: { 200: Outcome } } },
      async (request) => downloads.bulk.run(personOf(request).id, control, request.body),
    );
  }
  addQueueRoutes(app);
}

function addQueueRoutes(app: FastifyInstance): void {
  const { pause } = app.downloads;
  const answer = { tags, response: { 200: Queue } };
  app.get('/api/queue', { schema: { ...answer, summary: 'Whether downloads run at all.' } }, async () =>
    queueView(await pause.read()),
  );
  for (const verb of ['pause', 'resume'] as const) {
    const summary =
      verb === 'pause' ? 'Stop all downloads of everybody; admins only.' : 'Let downloads go on; admins only.';
    app.post(`/api/queue/${verb}`, { schema: { ...answer, summary } }, async (request) => {
      await app.accounts.assertAdmin(personOf(request).id);
      return queueView(await pause[verb]());
    });
  }
}

function queueView({ paused, since }: Awaited<ReturnType<FastifyInstance['downloads']['pause']['read']>>) {
  return { paused, ...(since && { since: since.toISOString() }) };
}
