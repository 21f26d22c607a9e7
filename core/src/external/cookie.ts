import cookie from '@fastify/cookie';
import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync } from 'fastify';

const plugin: FastifyPluginAsync = fp(async (app: FastifyInstance) => app.register(cookie), { name: 'cookie' });

export default plugin;
