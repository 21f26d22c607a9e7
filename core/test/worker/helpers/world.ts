import { mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { pino } from 'pino';
import type { Assign } from '../../../src/channel/messages.ts';
import type { Worker, WorkerOptions } from '../../../src/worker/index.ts';
import { startWorker } from '../../../src/worker/index.ts';
import { findProgram } from './find-program.ts';
import { TOKEN, createTestServer } from './test-server.ts';
import type { TestServer } from './test-server.ts';

const PLUGINS = join(import.meta.dirname, '../../runner/fixtures/plugins');
export const JOB = 'a'.repeat(24);

/** A worker with a server, a media folder and the fixture plugins, gone after the test. */
export interface World {
  readonly server: TestServer;
  readonly options: WorkerOptions;
  readonly mediaRoot: string;
  /** Records that the worker wrote. */
  readonly records: Record<string, unknown>[];
  readonly start: () => Promise<Worker>;
  readonly assign: (options: Record<string, unknown>, changes?: Partial<Assign>) => Assign;
  /** Staging of an attempt at the job of these tests. */
  readonly staging: (attempt: number) => string;
  /** Process group of an attempt. */
  readonly group: (attempt: number) => Promise<number>;
}

export async function createWorld(t: TestContext, changes: Partial<WorkerOptions> = {}): Promise<World> {
  const root = await mkdtemp(join(tmpdir(), 'mf-worker-'));
  const [mediaRoot, dataDir] = [join(root, 'media'), join(root, 'data')];
  await mkdir(mediaRoot);
  await mkdir(join(dataDir, 'plugins'), { recursive: true });
  await writeFile(join(mediaRoot, '.mediafetcher'), 'id');
  for (const name of await readdir(PLUGINS)) await symlink(join(PLUGINS, name), join(dataDir, 'plugins', name));
  const server = await createTestServer();
  const records: Record<string, unknown>[] = [];
  const log = pino(
    { level: 'debug' },
    { write: (line: string) => void records.push(JSON.parse(line) as Record<string, unknown>) },
  );
  const options: WorkerOptions = {
    serverUrl: server.url,
    token: TOKEN,
    workerId: 'worker-1',
    slots: 3,
    mediaRoot,
    dataDir,
    toolPaths: { ffmpeg: findProgram('ffmpeg'), ffprobe: findProgram('ffprobe') },
    watchdogMs: 60_000,
    allowPrivateHosts: [],
    resendMs: 200,
    log,
    ...changes,
  };
  const workers: Worker[] = [];
  t.after(async () => {
    await Promise.all(workers.map((worker) => worker.close({ drain: false })));
    await server.close();
    await rm(root, { recursive: true, force: true });
  });
  const staging = (attempt: number): string => join(mediaRoot, 'tmp', JOB, String(attempt));
  return {
    server,
    options,
    mediaRoot,
    records,
    staging,
    async start() {
      const worker = await startWorker(options);
      workers.push(worker);
      await server.next('hello');
      return worker;
    },
    assign: (jobOptions, jobChanges = {}) => ({
      type: 'assign',
      jobId: JOB,
      attempt: 1,
      link: {
        connector: 'actor',
        platform: 'stage',
        kind: 'post',
        key: 'stage:one',
        certain: true,
        url: 'https://www.stage.tv/p/one',
      },
      options: jobOptions,
      settings: {},
      connector: { id: 'actor', package: join(dataDir, 'plugins/actor') },
      processors: [],
      leaseMs: 60_000,
      maxFileBytes: 10_000_000,
      ...jobChanges,
    }),
    async group(attempt) {
      const record: unknown = JSON.parse(await readFile(join(staging(attempt), '.runner.json'), 'utf8'));
      if (typeof record === 'object' && record !== null && 'pid' in record) return Number(record.pid);
      throw new Error('No group is recorded.');
    },
  };
}
