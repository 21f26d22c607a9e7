/** So many at a time: enough to keep the database busy, little enough to let others through. */
const LANES = 8;

/** Does it to each, some at a time, in their order. @throws the first thing that is thrown */
export async function inLanes<T>(items: Iterable<T>, run: (item: T) => Promise<void>): Promise<void> {
  const waiting = items[Symbol.iterator]();
  const lane = async (): Promise<void> => {
    for (let next = waiting.next(); next.done !== true; next = waiting.next()) await run(next.value);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
