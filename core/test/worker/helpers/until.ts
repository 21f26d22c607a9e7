import { setTimeout as delay } from 'node:timers/promises';

/** Waits for something that announces itself by no event, such as the death of a process that is not a child. */
export async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await delay(20);
}
