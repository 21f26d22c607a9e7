import { setTimeout as delay } from 'node:timers/promises';

/** What the system says when it has no process, memory or file descriptor left at the moment. */
const FOR_NOW: ReadonlySet<unknown> = new Set(['EAGAIN', 'ENOMEM', 'EMFILE', 'ENFILE']);
const FIRST_PAUSE_MS = 100;
const LAST_PAUSE_MS = 5_000;
const TRIES = 10;

export interface StartOptions {
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** @default waits; tests do not */
  readonly pause?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
}

/** True for a start of a process that was refused for now. */
export function isRefusedForNow(error: unknown): boolean {
  return error instanceof Error && 'code' in error && FOR_NOW.has(error.code);
}

/**
 * Starts a process, again and ever more slowly while the system refuses for now: about half a minute.
 * @throws what the last start threw, and whatever `signal` was aborted with
 */
export async function startPatiently<T>(start: () => Promise<T>, { signal, pause = wait }: StartOptions): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    signal.throwIfAborted();
    try {
      return await start();
    } catch (error) {
      if (!isRefusedForNow(error) || tried === TRIES) throw error;
    }
    await pause(Math.min(FIRST_PAUSE_MS * 2 ** (tried - 1), LAST_PAUSE_MS), signal);
  }
}

async function wait(milliseconds: number, signal: AbortSignal): Promise<void> {
  await delay(milliseconds, undefined, { signal });
}
