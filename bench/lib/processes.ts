import { readFile } from 'node:fs/promises';

/** Kernel clock ticks a second; 100 on every Linux that Node runs on. */
const TICKS = 100;

/** CPU seconds that these processes and their ended descendants have used. */
export async function cpuOf(pids: readonly number[]): Promise<number> {
  const each = await Promise.all(pids.map(timesOf));
  return each.reduce((sum, { own, endedChildren }) => sum + own + endedChildren, 0);
}

async function timesOf(pid: number): Promise<{ own: number; endedChildren: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // Fields after the command's closing bracket: 14 utime, 15 stime, 16 cutime, 17 cstime of proc(5).
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const seconds = (index: number): number => (fields[index] ?? 0) / TICKS;
  return { own: seconds(11) + seconds(12), endedChildren: seconds(13) + seconds(14) };
}

/** Bytes of memory: resident, and with shared pages divided among those who share them. */
export interface Memory {
  readonly rss: number;
  readonly pss: number;
  /** PSS of each process. */
  readonly byPid: ReadonlyMap<number, number>;
}

export async function memoryOf(pids: readonly number[]): Promise<Memory> {
  const each = await Promise.all(
    pids.map(async (pid) => {
      const rollup = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
      const kilobytes = (name: string): number => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(rollup)?.[1] ?? 0);
      return { pid, rss: kilobytes('Rss') * 1024, pss: kilobytes('Pss') * 1024 };
    }),
  );
  return {
    rss: each.reduce((sum, { rss }) => sum + rss, 0),
    pss: each.reduce((sum, { pss }) => sum + pss, 0),
    byPid: new Map(each.map(({ pid, pss }) => [pid, pss])),
  };
}

/** The largest memory of a changing set of processes, looked at every 200 ms until it is stopped. */
export function watchMemory(list: () => Promise<readonly number[]>): { stop(): Promise<Memory> } {
  let peak: Memory = { rss: 0, pss: 0, byPid: new Map() };
  const stop = new AbortController();
  const watching = (async () => {
    while (!stop.signal.aborted) {
      const now = await memoryOf(await list());
      const rss = Math.max(peak.rss, now.rss);
      peak = now.pss > peak.pss ? { ...now, rss } : { ...peak, rss };
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  })();
  return {
    async stop() {
      stop.abort();
      await watching;
      return peak;
    },
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** CPU seconds of the children of this process that have ended, with theirs. */
export async function cpuOfEndedChildren(): Promise<number> {
  const { endedChildren } = await timesOf(process.pid);
  return endedChildren;
}

/** CPU seconds by what a process is: its own, and those of its ended children. */
export async function cpuByRole(
  processes: readonly { pid: number; command: string }[],
): Promise<Record<string, string>> {
  const roles: Record<string, string> = {};
  for (const { pid, command } of processes) {
    const { own, endedChildren } = await timesOf(pid);
    roles[`${pid} ${command.slice(-60)}`] = `${own.toFixed(2)} + ${endedChildren.toFixed(2)}`;
  }
  return roles;
}

/** The value that `share` percent do not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * share) / 100) - 1)] ?? NaN;
}
