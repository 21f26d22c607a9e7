import type { FastifyInstance } from 'fastify';
import Type from 'typebox';
import type { Static } from 'typebox';
import type { LinkMatch } from '@mediafetcher/sdk';

const LinkQuery = Type.Object({ url: Type.String() });
const LinkAnswer = Type.Object({
  connector: Type.String(),
  platform: Type.String(),
  kind: Type.String({ enum: ['post', 'profile', 'listing', 'share'] }),
  key: Type.Optional(Type.String()),
  certain: Type.Boolean({ description: 'False where only the probe can tell (a YouTube watch page).' }),
  url: Type.String({ description: 'Canonical address.' }),
  hints: Type.Optional(Type.Object({ item: Type.Optional(Type.Integer()) })),
});

export function addLinkRoute(app: FastifyInstance): void {
  app.get<{ Querystring: Static<typeof LinkQuery> }>(
    '/api/links',
    {
      schema: {
        tags: ['downloads'],
        summary: 'What the server makes of an address, without any network.',
        querystring: LinkQuery,
        response: { 200: LinkAnswer },
      },
    },
    async (request): Promise<LinkMatch> => app.plugins.resolve(request.query.url),
  );
}
