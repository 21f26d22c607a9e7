import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { privateRootOf, removePrivateDirectory } from './private-directory.ts';
import { describeGroup, listGroup, residentBytesOf } from './process-group.ts';
import type { RunnerProcess } from './runner-process.ts';
import { startRunner } from './runner-process.ts';
import { writeGroupRecord } from './staging.ts';
import { createTurns } from './turns.ts';
import type { Turns } from './turns.ts';
import type { WorkerOptions } from './worker-options.ts';

/** A runner, with what the pool knows of it. */
export interface PooledRunner extends RunnerProcess {
  /** Jobs that it was given. */
  readonly jobs: number;
}

/** The runners of a worker: those that work, and warm ones that wait for a job like their last. */
export interface RunnerPool {
  /** A warm runner of that key, or a new one. @throws when the system can start no process */
  take(key: string): Promise<PooledRunner>;
  /**
   * Takes a runner back whose job is done. It is kept when nothing of the job goes on in it, else ended.
   * @param onRest called before another job can get it
   * @returns false when a process of it cannot be killed
   */
  giveBack(runner: PooledRunner, onRest: () => Promise<void>): Promise<boolean>;
  /** Turns of the runners at what takes much memory. */
  readonly turns: Turns;
  /** Ends those that wait; the others are ended by whoever has them. */
  close(): Promise<void>;
}

interface Member extends PooledRunner {
  readonly key: string;
  jobs: number;
  /** Ends it when nothing comes; set while it waits. */
  timer?: NodeJS.Timeout | undefined;
}

/** Jobs after which a runner is replaced. */
const MAX_JOBS = 50;
/** Resident bytes of a runner and its warm tools beyond which it is replaced. */
const MAX_BYTES = 300_000_000;
/** A runner has so long to say that nothing of its job goes on, in milliseconds. */
const REST_MS = 3_000;

/** Creates an empty pool. Together, working and waiting, there are never more runners than slots. */
export function createRunnerPool(
  options: Pick<WorkerOptions, 'dataDir' | 'workerId' | 'slots' | 'warmMs'>,
): RunnerPool {
  const { slots, warmMs = 0 } = options;
  const members = new Set<Member>();
  let made = 0;
  let closed = false;

  const waiting = (): Member[] => [...members].filter(({ timer }) => timer !== undefined);
  const start = async (key: string): Promise<Member> => {
    made += 1;
    return startMember(key, `runner-${made}`, options, members);
  };
  const keep = (member: Member): void => {
    const end = (): void => void member.end();
    // It has nothing to say while it waits.
    member.listen({ onMessage: end, onMisbehaviour: end });
    member.timer = setTimeout(end, warmMs).unref();
  };
  return {
    turns: createTurns(),
    async take(key) {
      const idle = waiting();
      const fit = idle.find((member) => member.key === key);
      if (fit === undefined && members.size >= slots) await idle[0]?.end();
      const member = fit ?? (await start(key));
      clearTimeout(member.timer);
      member.timer = undefined;
      member.jobs += 1;
      return member;
    },
    async giveBack(runner, onRest) {
      const member = [...members].find((each) => each === runner);
      const useful = member !== undefined && warmMs > 0 && member.jobs < MAX_JOBS && !closed;
      if (!useful || !(await isAtRest(member)) || closed) return runner.end();
      try {
        await onRest();
      } catch {
        return runner.end();
      }
      keep(member);
      return true;
    },
    async close() {
      closed = true;
      await Promise.all(waiting().map(async (member) => member.end()));
    },
  };
}

async function startMember(
  key: string,
  name: string,
  { dataDir, workerId }: Pick<WorkerOptions, 'dataDir' | 'workerId'>,
  members: Set<Member>,
): Promise<Member> {
  const home = join(await privateRootOf(dataDir, workerId), name);
  await mkdir(home, { recursive: true, mode: 0o700 });
  const runner = await startRunner(home);
  let ending: Promise<boolean> | undefined;
  const end = async (graceMs?: number): Promise<boolean> => {
    // From now on no job can get it.
    clearTimeout(member.timer);
    member.timer = undefined;
    try {
      const dead = await runner.end(graceMs);
      await removePrivateDirectory(home);
      return dead;
    } finally {
      members.delete(member);
    }
  };
  const member: Member = { ...runner, key, jobs: 0, end: (graceMs) => (ending ??= end(graceMs)) };
  members.add(member);
  const life = { over: false };
  // Whoever has it is told by its exit; what cannot be removed is swept at the next start.
  void runner.exited
    .then(() => {
      life.over = true;
      return member.end();
    })
    .catch(() => undefined);
  try {
    // The next life of this worker finds it by this, should it not notice the end of the present one.
    await writeGroupRecord(home, await describeGroup(runner.pid, workerId));
  } catch (error) {
    await member.end();
    // One that died meanwhile has taken its folder along: its exit says so, as of any other.
    if (!life.over) throw error;
  }
  return member;
}

/** Asks a runner whether all of its job is over, and looks whether other processes of its group agree. */
async function isAtRest(runner: RunnerProcess): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<readonly number[] | undefined>();
  const timer = new AbortController();
  runner.listen({
    onMessage: (message) => message.type === 'rested' && resolve(message.hosts),
    onMisbehaviour: () => resolve(undefined),
  });
  runner.send({ type: 'rest' });
  void runner.exited.then(() => resolve(undefined));
  void delay(REST_MS, undefined, { signal: timer.signal }).then(resolve, () => undefined);
  const hosts = await promise;
  timer.abort();
  const group = hosts === undefined ? undefined : await listGroup(runner.pid);
  if (hosts === undefined || group === undefined) return false;
  const alone = group.every((pid) => pid === runner.pid || hosts.includes(pid));
  return alone && (await residentBytesOf(group)) <= MAX_BYTES;
}
