import swagger from '@fastify/swagger';
import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import packageJson from '../../package.json' with { type: 'json' };

/** Makes OpenAPI from the routes' schemas; api-docs.ts shows it. */
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
        servers: [{ url: app.config.basePath.slice(0, -1) || '/' }],
      },
    });
  },
  { name: 'swagger' },
);

export default plugin;
