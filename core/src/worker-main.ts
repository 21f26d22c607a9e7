import { hostname } from 'node:os';
import closeWithGrace from 'close-with-grace';
import packageJson from '../package.json' with { type: 'json' };
import type { Config } from './config.ts';
import { createLogger } from './logger.ts';
import { giveMemoryBackWhenQuiet } from './small-memory.ts';
import { locateTools, toolPathsOf } from './tools/index.ts';
import { startWorker } from './worker/index.ts';

const CLOSE_MS = 8_000;

/**
 * Runs a worker until SIGTERM, or until the server that forked it is gone. Then nobody is there to give jobs back to,
 * and the server that comes next has a worker of the same name: this one ends at once.
 */
export async function runWorker(config: Config): Promise<void> {
  const { serverUrl, workerToken } = config;
  if (serverUrl === undefined || workerToken === undefined) {
    throw new Error('A worker needs SERVER_URL and WORKER_TOKEN.');
  }
  const log = createLogger(config).child({ name: 'worker', version: packageJson.version });
  const tools = await locateTools({ dataDir: config.dataDir, ...config.toolPaths });
  if (isOrphan()) return;
  const worker = await startWorker({
    serverUrl,
    token: workerToken,
    workerId: process.env['WORKER_ID'] ?? hostname(),
    slots: config.concurrency,
    mediaRoot: config.mediaRoot,
    dataDir: config.dataDir,
    toolPaths: toolPathsOf(tools),
    ...(config.extraCaFile !== undefined && { extraCaFile: config.extraCaFile }),
    watchdogMs: config.watchdogMs,
    warmMs: config.warmMs,
    allowPrivateHosts: config.allowPrivateHosts,
    log,
  });
  const stopGiving = giveMemoryBackWhenQuiet();
  const { close } = closeWithGrace({ delay: CLOSE_MS, logger: false }, async ({ err }) => {
    if (err !== undefined) log.error({ err }, 'worker fails');
    stopGiving();
    await worker.close({ drain: !isOrphan() });
  });
  process.once('disconnect', close);
  // The server may have gone while the worker started.
  if (isOrphan()) close();
}

/** True when another process had forked this one and is gone. */
function isOrphan(): boolean {
  return process.send !== undefined && !process.connected;
}
