import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import fp from 'fastify-plugin';
import type { FastifyInstance, FastifyPluginAsync, FastifyReply } from 'fastify';
import { WEB_APP } from '../places.ts';
import { isPageRequest } from '../page-request.rules.ts';
import { handleNotFound } from '../problem.ts';

const HASHED = /\/assets\//;

/** The built web app: hashed assets for ever, pages always fresh, under whatever base path. */
const plugin: FastifyPluginAsync = fp(
  async (app: FastifyInstance) => {
    const page = await readPage(app.config.basePath);
    if (page === undefined) {
      app.log.warn('The web app is not built: run "npm run build".');
      app.setNotFoundHandler(handleNotFound);
      return;
    }
    await app.register(publicFiles);
    app.setNotFoundHandler((request, reply) =>
      isPageRequest(request.method, request.url, request.headers.accept)
        ? sendPage(reply, page)
        : handleNotFound(request, reply),
    );
  },
  { name: 'web-app', dependencies: ['helmet'] },
);

/** The app's own files hold nothing of anybody: they come before the login. */
const publicFiles: FastifyPluginAsync = async (scope) => {
  scope.addHook('onRoute', (route) => {
    route.config = { ...route.config, public: true };
  });
  await scope.register(fastifyStatic, {
    root: WEB_APP,
    wildcard: false,
    index: false,
    globIgnore: ['index.html'],
    setHeaders: (reply, path) => {
      reply.header('cache-control', HASHED.test(path) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
};

async function readPage(basePath: string): Promise<string | undefined> {
  const html = await readFile(join(WEB_APP, 'index.html'), 'utf8').catch(() => undefined);
  return html?.replace('<base href="/"', `<base href="${basePath}"`);
}

function sendPage(reply: FastifyReply, page: string): FastifyReply {
  return reply.code(200).type('text/html; charset=utf-8').header('cache-control', 'no-cache').send(page);
}

export default plugin;
