interface Scheduler {
  readonly yield?: () => Promise<void>;
}

/** Goes on in a task of its own: what waits for the processor, a press of a key above all, comes first. */
export async function ownTask(): Promise<void> {
  const { scheduler } = globalThis as { scheduler?: Scheduler }; // Not in every browser.
  if (scheduler?.yield) return scheduler.yield();
  return new Promise((resolve) => setTimeout(resolve));
}
