import swaggerUi from '@fastify/swagger-ui';
import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';

/**
 * OpenAPI at /api/openapi.json and a page at /api/docs. After the features: a plugin that registers others of its own
 * passes on only the hooks that were there before it, and these pages are guarded too.
 */
export const apiDocs: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
    await app.register(swaggerUi, { routePrefix: '/api/docs', indexPrefix: app.config.basePath.slice(0, -1) });
  },
  { name: 'api-docs', dependencies: ['accounts', 'swagger'] },
);
