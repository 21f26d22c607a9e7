import { readFileSync } from 'node:fs';
import { readFile, readdir, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';

/** Where and when a process group was started: enough to find it again, or to know that it is gone. */
export interface GroupRecord {
  readonly pid: number;
  /** Clock ticks since boot; missing where there is no /proc. */
  readonly startTime?: string;
  readonly hostname: string;
  readonly bootId?: string;
  readonly pidNamespace?: string;
  readonly workerId: string;
}

/** What is known of a recorded group. `unknown`: it may live on another machine. */
export type GroupState = 'alive' | 'dead' | 'unknown';

interface ProcessStat {
  readonly state: string;
  readonly group: number;
  readonly startTime: string;
}

/** Describes a group by its leader, who is a child of this process. */
export async function describeGroup(pid: number, workerId: string): Promise<GroupRecord> {
  const [host, stat] = await Promise.all([describeHost(), readStat(pid)]);
  return { pid, workerId, ...host, ...(stat !== undefined && { startTime: stat.startTime }) };
}

/** Tells whether a recorded group still has a living process. */
export async function findGroupState(record: GroupRecord, workerId: string): Promise<GroupState> {
  const host = await describeHost();
  const sameKernel =
    record.bootId !== undefined && record.bootId === host.bootId && record.pidNamespace === host.pidNamespace;
  if (!sameKernel) {
    // The same worker on the same host, but after a reboot or in a new container: what it had started is gone.
    const restarted = record.bootId !== undefined && record.hostname === host.hostname && record.workerId === workerId;
    return restarted ? 'dead' : 'unknown';
  }
  const leader = await readStat(record.pid);
  // The number belongs to somebody else by now: it could not be given again while the group had members.
  if (leader !== undefined && leader.startTime !== record.startTime) return 'dead';
  return (await isGroupAlive(record.pid)) ? 'alive' : 'dead';
}

/** Sends a signal to each process of a group; silent when there is none. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (!isErrno(error, 'ESRCH') && !isErrno(error, 'EPERM')) throw error;
  }
}

/** Kills a group and waits until none of it runs. @returns false when it still does after ten seconds (a process stuck in the kernel) */
export async function killGroup(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 500; tries++) {
    signalGroup(pid, 'SIGKILL');
    if (!(await isGroupAlive(pid))) return true;
    await delay(Math.min(2 + tries, 50));
  }
  return false;
}

/** True while a process of the group runs. Zombies do not count: where nobody reaps them they stay for ever. */
export async function isGroupAlive(pid: number): Promise<boolean> {
  try {
    process.kill(-pid, 0);
  } catch (error) {
    return !isErrno(error, 'ESRCH');
  }
  return ((await listGroup(pid)) ?? [pid]).length > 0;
}

/** The processes of a group that run; undefined where there is no /proc. Zombies do not count. */
export async function listGroup(pid: number): Promise<number[] | undefined> {
  const names = await readdir('/proc').catch(() => undefined);
  const numbers = names?.filter((name) => /^\d+$/.test(name)).map(Number);
  if (numbers === undefined) return undefined;
  return numbers.filter((number) => {
    // One after the other: the kernel has them in memory, and the way through the thread pool costs five times as much.
    const stat = readStatNow(number);
    return stat !== undefined && stat.group === pid && stat.state !== 'Z' && stat.state !== 'X';
  });
}

/** Memory of processes, in bytes; those that are gone have none. */
export async function residentBytesOf(pids: readonly number[]): Promise<number> {
  const texts = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')));
  const kilobytes = texts.map((text) => Number(/^VmRSS:\s+(\d+) kB/m.exec(text)?.[1] ?? 0));
  return kilobytes.reduce((sum, each) => sum + each, 0) * 1024;
}

/** When a process was started, in clock ticks since boot; undefined when it is gone, or where there is no /proc. */
export async function readStartTime(pid: number): Promise<string | undefined> {
  return (await readStat(pid))?.startTime;
}

/** True while the process runs that was started then; without a start time, while any of that number does. */
export async function isProcessAlive(pid: number, startTime: string | undefined): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (isErrno(error, 'ESRCH')) return false;
  }
  const stat = await readStat(pid);
  if (stat === undefined || startTime === undefined || startTime === '') return true;
  return stat.startTime === startTime && stat.state !== 'Z' && stat.state !== 'X';
}

async function readStat(pid: number): Promise<ProcessStat | undefined> {
  return parseStat(await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ''));
}

function readStatNow(pid: number): ProcessStat | undefined {
  try {
    return parseStat(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return undefined; // It has ended meanwhile.
  }
}

function parseStat(text: string): ProcessStat | undefined {
  // The second field is the program's name in brackets, which may hold anything.
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [state, , group] = fields;
  const startTime = fields[19];
  if (state === undefined || group === undefined || startTime === undefined) return undefined;
  return { state, group: Number(group), startTime };
}

async function describeHost(): Promise<Pick<GroupRecord, 'hostname' | 'bootId' | 'pidNamespace'>> {
  const [bootId, pidNamespace] = await Promise.all([
    readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => undefined),
    readlink('/proc/self/ns/pid').catch(() => undefined),
  ]);
  return {
    hostname: hostname(),
    ...(bootId !== undefined && { bootId: bootId.trim() }),
    ...(pidNamespace !== undefined && { pidNamespace }),
  };
}

function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
