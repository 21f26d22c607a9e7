import { ownTask } from '../elements/own-task.ts';
import { formatAgo } from '../words/format.ts';
import { measureFont } from './wall-layout.ts';

const DAY = 86_400_000;

/** What is made for the first card and takes its time, one thing a task, while its post is still on its way. */
const TASKS: readonly (() => unknown)[] = [
  () => formatAgo(new Date().toISOString()),
  () => formatAgo(new Date(Date.now() - 365 * DAY).toISOString()),
  measureFont,
];

let warm = false;

/** Gets ready for cards: once. */
export async function warmUp(): Promise<void> {
  if (warm) return;
  warm = true;
  for (const task of TASKS) {
    await ownTask();
    task();
  }
}
