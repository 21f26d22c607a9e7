import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';

/** Milliseconds that draining may take before the process ends all the same. */
const CLOSE_MS = 15_000;

/** Runs the server until Ctrl-C or SIGTERM, then gives its jobs back and closes cleanly. */
export async function runServer(config: Config): Promise<void> {
  const app = await buildApp(config);
  closeWithGrace({ delay: CLOSE_MS, logger: false }, async ({ err }) => {
    if (err !== undefined) app.log.error({ err }, 'server fails');
    app.log.info('closing');
    await app.close();
  });
  await app.listen({ host: config.host, port: config.port });
}
