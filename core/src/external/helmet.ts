import helmet from '@fastify/helmet';
import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';

/** Strict headers for every answer. Styles are inline because Lit falls back to style elements. */
const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) =>
    app.register(helmet, {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          scriptSrc: ["'self'"],
          styleSrc: ["'self'", "'unsafe-inline'"],
          imgSrc: ["'self'", 'data:', 'blob:'],
          mediaSrc: ["'self'", 'blob:'],
          connectSrc: ["'self'"],
          objectSrc: ["'none'"],
          baseUri: ["'self'"],
          frameAncestors: ["'none'"],
          formAction: ["'self'"],
        },
      },
      crossOriginEmbedderPolicy: false,
      // The homelab's reverse proxy decides about HTTPS.
      strictTransportSecurity: false,
      referrerPolicy: { policy: 'same-origin' },
    }),
  { name: 'helmet' },
);

export default plugin;
