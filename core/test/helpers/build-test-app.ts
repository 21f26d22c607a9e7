import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { buildApp } from '../../src/app.ts';
import { loadConfig } from '../../src/config.ts';

/** What a fake worker says to be let in. */
export const WORKER_TOKEN = 'token-of-the-test-worker';

type Environment = Readonly<Record<string, string>>;
/** A test, or `{ after }` of node:test for a whole file: whoever says when it is over. */
export interface Scope {
  after(close: () => Promise<void>): void;
}

/** A data folder that goes with the test. */
export async function makeDataDir(scope: Scope): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mf-test-'));
  scope.after(async () => rm(folder, { recursive: true, force: true, maxRetries: 3 }));
  return folder;
}

/**
 * The real application on the embedded engine, without workers of its own, closed after the test. With `DATA_DIR` it
 * starts on the folder of an earlier one.
 */
export async function buildTestApp(scope: Scope, env: Environment = {}): Promise<FastifyInstance> {
  const dataDir = env['DATA_DIR'] ?? (await makeDataDir(scope));
  const config = loadConfig({
    WORKERS: '0',
    PORT: '0',
    LOG_LEVEL: 'silent',
    WORKER_TOKEN,
    POLITE: 'false',
    ...env,
    DATA_DIR: dataDir,
  });
  const app = await buildApp(config);
  scope.after(async () => app.close());
  await app.ready();
  return app;
}

/** The same, listening on a free port of the loopback. */
export async function listenTestApp(
  scope: Scope,
  env: Environment = {},
): Promise<{ app: FastifyInstance; origin: string }> {
  const app = await buildTestApp(scope, env);
  const origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return { app, origin };
}
