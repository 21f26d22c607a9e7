import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Keeps the memory of this process small; the sooner it is called, the more it spares. What a server or a worker makes lives
 * for a moment, and V8 would let 64 MB of it pile up, and the rest grow to twice of what is needed, before it looks. Said from
 * inside, so that it holds however the process was started. The engine's thread has bounds of its own.
 */
export function keepMemorySmall(): void {
  setFlagsFromString('--semi-space-growth-factor=1');
  setFlagsFromString('--heap-growing-percent=10');
  // Else it lets at least 8 MB more pile up each time.
  setFlagsFromString('--optimize-for-size');
}

let collect: (() => void) | undefined;

/** Gives back what a busy time has left behind: V8 looks only when something is made, and in a quiet time nothing is. */
export function giveMemoryBack(): void {
  collect ??= exposedCollector();
  collect();
}

function exposedCollector(): () => void {
  setFlagsFromString('--expose-gc');
  // A new context has it as a global function from now on.
  return runInNewContext('gc') as () => void;
}

/** Looks so often whether there is something to give back. */
const LOOK_MS = 5_000;
/** CPU seconds after which there is something. */
const WORTH_S = 1;
/** Share of one core below which nothing is going on. */
const QUIET = 0.05;

/** What was used since memory was last given back, and since the last look, in CPU seconds. */
export interface Work {
  readonly since: number;
  readonly lately: number;
}

/** True when a busy time is over. */
export function isQuietAfterWork({ since, lately }: Work, lookMs: number = LOOK_MS): boolean {
  return since >= WORTH_S && lately <= (QUIET * lookMs) / 1000;
}

/** Gives memory back after each busy time. @returns what ends it */
export function giveMemoryBackWhenQuiet(): () => void {
  const used = (): number => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1e6;
  };
  let given = 0;
  let looked = used();
  const timer = setInterval(() => {
    const now = used();
    const quiet = isQuietAfterWork({ since: now - given, lately: now - looked });
    if (quiet) giveMemoryBack();
    looked = used();
    if (quiet) given = looked;
  }, LOOK_MS).unref();
  return () => clearInterval(timer);
}
