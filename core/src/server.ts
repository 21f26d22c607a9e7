import closeWithGrace from 'close-with-grace';
import { buildApp } from './app.ts';
import type { Config } from './config.ts';
import { giveMemoryBackWhenQuiet } from './small-memory.ts';

export { loadConfig } from './config.ts';

/** Milliseconds that draining may take before the process ends all the same. */
const CLOSE_MS = 15_000;

/**
 * Runs the server until Ctrl-C or SIGTERM, then gives its jobs back and closes cleanly.
 * @returns the address that people open, once it listens
 */
export async function runServer(config: Config): Promise<string> {
  const app = await buildApp(config);
  app.addHook('onClose', giveMemoryBackWhenQuiet());
  closeWithGrace({ delay: CLOSE_MS, logger: false }, async ({ err }) => {
    if (err !== undefined) app.log.error({ err }, 'server fails');
    app.log.info('closing');
    await app.close();
  });
  await app.listen({ host: config.host, port: config.port });
  return addressOf(config);
}

function addressOf({ publicUrl, host, port, basePath }: Config): string {
  const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  return publicUrl ?? `http://${name}:${port}${basePath}`;
}
