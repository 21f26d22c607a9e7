import { join } from 'node:path';
import type { FastifyBaseLogger, FastifyError, FastifyInstance } from 'fastify';
import Fastify, { LogController } from 'fastify';
import autoload from '@fastify/autoload';
import { noteMethods } from './allowed-methods.ts';
import { apiDocs } from './api-docs.ts';
import type { Config } from './config.ts';
import { TRUSTED_PROXIES } from './confidential.ts';
import { handleClientError } from './client-error.ts';
import { createLogger } from './logger.ts';
import { CODE } from './places.ts';
import { handleError } from './problem.ts';
import { describeViolation } from './validation-sentence.ts';

declare module 'fastify' {
  interface FastifyInstance {
    readonly config: Config;
  }
}

/** One plugin a file in external/, one a folder in features/. Their order comes from their declared dependencies. */
const loading = { encapsulate: false, forceESM: true, dirNameRoutePrefix: false } as const;

const PLUGIN_TIMEOUT_MS = 5 * 60_000;

/** Builds the server's application; `listen` and `close` are the caller's. */
export async function buildApp(config: Config): Promise<FastifyInstance> {
  const logger: FastifyBaseLogger = createLogger(config);
  const app = Fastify({
    loggerInstance: logger,
    trustProxy: config.publicUrl === undefined ? false : TRUSTED_PROXIES,
    bodyLimit: 2 * 1024 * 1024,
    routerOptions: { maxParamLength: 200 },
    // A field that a route does not know is refused, not dropped in silence.
    ajv: { customOptions: { removeAdditional: false } },
    schemaErrorFormatter: (violations, part) => new Error(describeViolation(violations, part)),
    forceCloseConnections: 'idle',
    // A feature may have to wait for a busy disk; the default of ten seconds ended such starts.
    pluginTimeout: PLUGIN_TIMEOUT_MS,
    clientErrorHandler: handleClientError,
    // Addresses that the router itself refuses.
    frameworkErrors: (error, request, reply) => void handleError(error, request, reply),
    logController: new LogController({ disableRequestLogging: true }),
    rewriteUrl: (request) => stripBasePath(request.url ?? '/', config.basePath),
  });
  app.decorate('config', config);
  noteMethods(app);
  app.setErrorHandler<FastifyError>(handleError);
  await app.register(autoload, { ...loading, dir: join(CODE, 'external'), maxDepth: 0 });
  await app.register(autoload, {
    ...loading,
    dir: join(CODE, 'features'),
    maxDepth: 1,
    indexPattern: /^index\.(ts|js)$/,
    scriptPattern: /^index\.(ts|js)$/,
    matchFilter: (path: string) => /\/index\.(ts|js)$/.test(path),
  });
  // Last: by now every feature has added its GraphQL types.
  await app.register(autoload, {
    ...loading,
    dir: join(CODE, 'api'),
    maxDepth: 0,
    scriptPattern: /endpoint\.(ts|js)$/,
  });
  await app.register(apiDocs);
  return app;
}

/** `/mf/api/x` → `/api/x`; other addresses stay as they are, so that `/health` answers at the root too. */
export function stripBasePath(url: string, basePath: string): string {
  if (basePath === '/') return url;
  if (url.startsWith(basePath)) return `/${url.slice(basePath.length)}`;
  const bare = basePath.slice(0, -1);
  return url === bare || url.startsWith(`${bare}?`) ? `/${url.slice(bare.length)}` : url;
}
