import type { ToolId } from '../failure/tool-run.ts';
import type { Launch } from '../launch.ts';
import { identifyProgram } from '../locate/find-program.ts';
import { runProcess } from '../process/run-process.ts';
import type { ProcessOutcome, ProcessRequest } from '../process/run-process.ts';
import { readConsoleScript } from './console-script.ts';
import { HostProcess } from './host-process.ts';

export interface HostsOptions {
  /** Absolute path of `core/python/host.py`. */
  readonly script: string;
  /** Runs after which a host is replaced. @default 50 */
  readonly maxRuns?: number;
  /** Resident bytes after a run beyond which a host is replaced. @default 200 MB */
  readonly maxBytes?: number;
}

/** Warm Python processes, one for each tool. */
export interface Hosts {
  /** Runs a tool in its host, started when it is first wanted; in a process of its own where there can be none. */
  readonly launch: Launch;
  /** Process ids of the hosts that are alive. */
  pids(): readonly number[];
  close(): void;
}

interface Warm {
  readonly host: HostProcess;
  /** Which program file it has imported. */
  readonly identity: string;
  runs: number;
}

const MAX_RUNS = 50;
const MAX_BYTES = 200_000_000;

/** Creates the warm processes of one runner. None is started yet. */
export function createHosts({ script, maxRuns = MAX_RUNS, maxBytes = MAX_BYTES }: HostsOptions): Hosts {
  const warm = new Map<ToolId, Warm>();
  const busy = new Set<ToolId>();
  /** Programs of which none could be made. */
  const plain = new Set<string>();

  const drop = (tool: ToolId): void => {
    warm.get(tool)?.host.close();
    warm.delete(tool);
  };
  const take = async (tool: ToolId, request: ProcessRequest): Promise<Warm | undefined> => {
    const file = await identifyProgram(request.file);
    const identity = JSON.stringify([request.file, file]);
    const current = warm.get(tool);
    if (current?.identity === identity && current.runs < maxRuns) return current;
    drop(tool);
    if (file === undefined || plain.has(identity)) return undefined;
    const found = await readConsoleScript(tool, file.path);
    const host = found === undefined ? undefined : await HostProcess.start(script, found, request);
    if (host === undefined) {
      if (!request.signal.aborted) plain.add(identity);
      return undefined;
    }
    const made = { host, identity, runs: 0 };
    warm.set(tool, made);
    return made;
  };
  const runWarm = async (tool: ToolId, request: ProcessRequest): Promise<ProcessOutcome> => {
    const taken = await take(tool, request);
    if (taken === undefined) return runProcess(request);
    taken.runs += 1;
    const { outcome, memory } = await taken.host.run(request);
    if (memory === undefined || memory > maxBytes) drop(tool);
    return outcome;
  };

  return {
    async launch(tool, request) {
      if (busy.has(tool) || request.signal.aborted || request.stdin === 'open') return runProcess(request);
      busy.add(tool);
      try {
        return await runWarm(tool, request);
      } finally {
        busy.delete(tool);
      }
    },
    pids: () => [...warm.values()].flatMap(({ host }) => host.pid ?? []),
    close() {
      for (const tool of warm.keys()) drop(tool);
    },
  };
}
