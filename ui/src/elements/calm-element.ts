import { LitElement } from 'lit';

interface Scheduler {
  readonly yield?: () => Promise<void>;
}

/**
 * An element of the first screen that draws itself in a task of its own the first time: drawn in one go, all of them
 * would keep a slow processor from answering to a press.
 */
export class CalmElement extends LitElement {
  protected override async scheduleUpdate(): Promise<void> {
    if (!this.hasUpdated) await ownTask();
    await super.scheduleUpdate();
  }
}

/** What waits for the processor, a press of a key above all, comes first. */
async function ownTask(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: Scheduler }; // Not in every browser.
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => setTimeout(resolve));
}
