import { loadConfig } from '../core/src/config.ts';
import { prepareProduct } from './prepare-product.ts';
import { StepError } from './steps.ts';

/** Installs what is missing, builds, and runs the server in this process until Ctrl-C. */
try {
  const config = loadConfig();
  await prepareProduct({ dataDir: config.dataDir });
  const { runServer } = await import('../core/src/server.ts');
  await runServer(config);
  const host = config.host === '0.0.0.0' || config.host === '::' ? 'localhost' : config.host;
  process.stderr.write(
    `\nMediaFetcher is ready: ${config.publicUrl ?? `http://${host}:${config.port}${config.basePath}`}\n\n`,
  );
} catch (error) {
  if (!(error instanceof StepError))
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
