import type { Dispatcher } from 'undici';
import type { GuardedHttp, Log, PluginManifest } from '@mediafetcher/sdk';
import { createTools } from '../tools/index.ts';
import type { HostTools, Launch } from '../tools/index.ts';
import type { FromRunner, RunnerJob, RunnerProgress } from '../channel/runner-messages.ts';
import { createThrottle } from '../channel/throttle.ts';
import type { Parent } from './parent.ts';
import type { MeterUpdate, ProgressMeter } from './progress-meter.ts';
import { createProgressMeter } from './progress-meter.ts';
import { createRunnerLog } from './runner-log.ts';

/** What all stages of one job share. */
export interface JobWorld {
  readonly job: RunnerJob;
  readonly parent: Parent;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly meter: ProgressMeter;
  readonly tools: HostTools;
  /** HTTP bounded by a plugin's own hosts. */
  createHttp(manifest: PluginManifest): Promise<GuardedHttp>;
  /** Ends what the job still holds: connections, timers. */
  close(): Promise<void>;
}

const PROGRESS_INTERVAL_MS = 50;

/** Builds a job's world. Nothing is started yet. */
export function createJobWorld(job: RunnerJob, parent: Parent, launch: Launch, signal: AbortSignal): JobWorld {
  const send = (message: FromRunner): void => void parent.send(message);
  const throttle = createThrottle<RunnerProgress>(PROGRESS_INTERVAL_MS, send);
  const meter = createProgressMeter({ processors: job.processors.length > 0 }, (message, stageChanged) => {
    if (stageChanged) throttle.pushNow(message);
    else throttle.push(message);
  });
  const log = createRunnerLog(() => meter.stage, send);
  const connections: Dispatcher[] = [];
  const tools = createTools({
    launch,
    paths: job.toolPaths,
    signal,
    stagingDirectory: job.stagingDirectory,
    stateDirectory: job.stateDirectory,
    platform: job.link.platform,
    maxFileBytes: job.maxFileBytes,
    log,
    onProgress: (update) => {
      // A run that probes and fetches may bring bytes before the fetch begins: a sign of life, no share of the probe.
      meter.update(meter.stage === 'fetch' ? update : withoutShare(update));
    },
    ...(job.cookiesFile !== undefined && { cookiesFile: job.cookiesFile }),
    ...(job.logFile !== undefined && { logFile: job.logFile }),
    ...(job.proxy !== undefined && { proxy: job.proxy }),
    ...(job.headers && { headers: job.headers }),
    ...(job.extraCaFile !== undefined && { extraCaFile: job.extraCaFile }),
    caDirectory: job.caDirectory,
  });
  return {
    job,
    parent,
    signal,
    log,
    meter,
    tools,
    createHttp: async (manifest) => {
      const { createGuardedHttp } = await import('./http/guarded-http.ts');
      return createGuardedHttp({
        hosts: manifest.hosts,
        allowPrivateHosts: job.allowPrivateHosts,
        signal,
        stagingDirectory: job.stagingDirectory,
        maxFileBytes: job.maxFileBytes,
        onConnections: (made) => void connections.push(made),
        onDownload: () => {
          const source = meter.source();
          return (update) => source.update(update);
        },
        ...(job.headers && { headers: job.headers }),
        ...(job.proxy !== undefined && { proxy: job.proxy }),
        ...(job.extraCaFile !== undefined && { extraCaFile: job.extraCaFile }),
      });
    },
    async close() {
      throttle.stop();
      await Promise.all(connections.map(async (each) => each.destroy()));
    },
  };
}

function withoutShare({ share: _, ...update }: MeterUpdate): MeterUpdate {
  return update;
}
