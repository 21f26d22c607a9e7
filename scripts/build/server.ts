import { globSync } from 'node:fs';
import { ROOT } from '../steps.ts';
import { bundle } from './bundle.ts';
import { buildWhenChanged } from './stamp.ts';
import type { Target } from './stamp.ts';

/** The server, the worker and the runner as JavaScript; `core/dist` is laid out like `core/src`. */
export const SERVER: Target = {
  dist: 'core/dist',
  sources: [
    'core/src/**/*.ts',
    'core/embedded-mongo/src/**/*.ts',
    'sdk/src/**/*.ts',
    '{core,core/embedded-mongo,sdk}/package.json',
    'scripts/build/{bundle,server}.ts',
    'package-lock.json',
  ],
};

/** They look for files or native code beside themselves. */
const EXTERNAL = ['sharp', 'pino', 'pino-pretty', '@fastify/static', '@fastify/swagger-ui'];

/** Files that are found by their place: each is an entry, so that a new feature is a new folder here too. */
const LOADED_BY_PLACE = ['core/src/external/*.ts', 'core/src/features/*/index.ts', 'core/src/api/*-endpoint.ts'];

/** Builds the server when its sources have changed. */
export async function buildServer(): Promise<true | undefined> {
  return buildWhenChanged(SERVER, async () => {
    await bundle({
      dist: SERVER.dist,
      external: EXTERNAL,
      // It looks for its thread beside itself.
      chunks: { 'engine/index': /\/core\/embedded-mongo\/src\// },
      entries: {
        main: 'core/src/main.ts',
        server: 'core/src/server.ts',
        ...Object.fromEntries(
          globSync(LOADED_BY_PLACE, { cwd: ROOT }).map((file) => [file.slice('core/src/'.length, -'.ts'.length), file]),
        ),
      },
    });
    // By themselves: a runner and the engine's thread start with one file that holds nothing of the server.
    const alone = { 'runner/main': 'core/src/runner/main.ts', 'engine/worker': 'core/embedded-mongo/src/worker.ts' };
    for (const [name, file] of Object.entries(alone)) {
      await bundle({ dist: SERVER.dist, external: EXTERNAL, entries: { [name]: file }, empty: false });
    }
  });
}
