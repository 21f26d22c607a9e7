import { setSourceMapsSupport } from 'node:module';
import { keepMemorySmall } from '../core/src/small-memory.ts';
import { importServer, prepareProduct } from './prepare-product.ts';
import { StepError } from './steps.ts';

/** Installs what is missing, builds, and runs the server in this process until Ctrl-C. */
try {
  const { DATA_DIR: dataDir = '' } = process.env;
  await prepareProduct({ dataDir: dataDir === '' ? 'data' : dataDir });
  keepMemorySmall();
  // What is thrown names the lines of the sources.
  setSourceMapsSupport(true, { nodeModules: false });
  const { loadConfig, runServer } = await importServer();
  const address = await runServer(loadConfig());
  process.stderr.write(`\nMediaFetcher is ready: ${address}\n\n`);
} catch (error) {
  if (!(error instanceof StepError))
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
}
