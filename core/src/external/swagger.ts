import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import packageJson from '../../package.json' with { type: 'json' };

/** OpenAPI from the routes' schemas, at /api/openapi.json, and a page at /api/docs. */
const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    await app.register(swagger, {
      hideUntagged: true,
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'MediaFetcher',
          description: 'For scripts, phones and the extension.',
          version: packageJson.version,
        },
        components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
        security: [{ bearer: [] }],
        servers: [{ url: app.config.basePath }],
      },
    });
    app.get('/api/openapi.json', { schema: { hide: true } }, async () => app.swagger());
    await app.register(swaggerUi, { routePrefix: '/api/docs' });
  },
  { name: 'swagger' },
);

export default plugin;
