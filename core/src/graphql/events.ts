import type { EventEmitter } from 'node:events';

/** What an emitter tells, as an async iterator that lets its listener go when the subscription ends. */
export function iterateEvents<T>(emitter: EventEmitter, event: string): AsyncIterableIterator<T> {
  const waiting: T[] = [];
  let wake: (() => void) | undefined;
  let ended = false;
  const listener = (value: T): void => {
    waiting.push(value);
    wake?.();
  };
  emitter.on(event, listener);
  const end = async (): Promise<IteratorResult<T>> => {
    ended = true;
    emitter.off(event, listener);
    wake?.();
    return { done: true, value: undefined };
  };
  return {
    async next() {
      for (;;) {
        const value = waiting.shift();
        if (value !== undefined) return { done: false, value };
        if (ended) return { done: true, value: undefined };
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    return: end,
    throw: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

/** Maps and filters an async iterator; `undefined` drops a value. Ending the result ends the source. */
export async function* mapEvents<T, U>(
  source: AsyncIterableIterator<T>,
  map: (value: T) => Promise<U | undefined> | U | undefined,
): AsyncGenerator<U> {
  try {
    for await (const value of source) {
      const mapped = await map(value);
      if (mapped !== undefined) yield mapped;
    }
  } finally {
    await source.return?.();
  }
}
