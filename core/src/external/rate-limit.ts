import rateLimit from '@fastify/rate-limit';
import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';

/** Limits only the routes that ask for it (sign-in). */
const plugin: FastifyPluginAsync = fp(async (app: FastifyInstance) => app.register(rateLimit, { global: false }), {
  name: 'rate-limit',
});

export default plugin;
