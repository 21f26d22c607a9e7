import type { Outcome, Work } from './work.ts';

export interface PoolOptions {
  /** Processor cores that may be used. */
  readonly cores: number;
  readonly onEnd: (work: Work, outcome: Outcome) => void;
}

/**
 * Runs all works side by side, the longest first: as many that compute as there are cores, and one more in all, because
 * those that wait leave theirs to others.
 */
export async function runPool(works: readonly Work[], { cores, onEnd }: PoolOptions): Promise<void> {
  const queue = [...works].sort((a, b) => b.expected - a.expected);
  const running = new Map<Work, Promise<void>>();
  while (queue.length > 0 || running.size > 0) {
    for (let next = chooseNext(queue, [...running.keys()], cores); next !== undefined;) {
      const work = next;
      queue.splice(queue.indexOf(work), 1);
      running.set(
        work,
        runWork(work).then((outcome) => {
          running.delete(work);
          onEnd(work, outcome);
        }),
      );
      next = chooseNext(queue, [...running.keys()], cores);
    }
    await Promise.race(running.values());
  }
}

/** The first of the queue that fits beside what runs. */
export function chooseNext(queue: readonly Work[], running: readonly Work[], cores: number): Work | undefined {
  if (running.length > cores) return undefined;
  const full = (kind: Work['kind']): boolean => running.filter((work) => work.kind === kind).length >= cores;
  return queue.find(({ kind }) => !full(kind));
}

async function runWork(work: Work): Promise<Outcome> {
  const started = performance.now();
  try {
    return await work.run();
  } catch (cause) {
    const error = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
    return {
      passed: 0,
      failures: [{ title: work.name, error }],
      seconds: (performance.now() - started) / 1000,
      output: '',
    };
  }
}
