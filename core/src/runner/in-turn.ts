import { setTimeout as delay } from 'node:timers/promises';
import type { Parent } from './parent.ts';

/** Waits so long for its turn, then goes on without: a turn spares memory, nothing breaks without. */
const PATIENCE_MS = 2_000;

/** Does something while none of the worker's other runners does the like. @throws what the task throws */
export async function inTurn<Result>(
  parent: Pick<Parent, 'askTurn'>,
  task: () => Promise<Result>,
  patienceMs: number = PATIENCE_MS,
): Promise<Result> {
  const turn = parent.askTurn();
  const waiting = new AbortController();
  const patience = delay(patienceMs, undefined, { signal: waiting.signal }).catch(() => undefined);
  try {
    await Promise.race([turn.comes, patience]);
    return await task();
  } finally {
    waiting.abort();
    turn.end();
  }
}
