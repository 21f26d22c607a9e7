import type { EventEmitter } from 'node:events';

/** Events that wait for a subscriber who does not take them; with more it is cut off. */
const MAX_WAITING = 1_000;

export interface IterateOptions<T> {
  /** Others are not kept for this subscriber. @default all */
  readonly wanted?: (value: T) => boolean;
  /** Called once, when too much waits; nothing more is told. */
  readonly onTooSlow: () => void;
}

/** What an emitter tells, as an async iterator that lets its listener go when the subscription ends. */
export function iterateEvents<T>(
  emitter: EventEmitter,
  event: string,
  { wanted = () => true, onTooSlow }: IterateOptions<T>,
): AsyncIterableIterator<T> {
  const waiting: T[] = [];
  let wake: (() => void) | undefined;
  let ended = false;
  const stop = (): void => {
    ended = true;
    emitter.off(event, listener);
    wake?.();
  };
  const listener = (value: T): void => {
    if (!wanted(value)) return;
    waiting.push(value);
    if (waiting.length > MAX_WAITING) {
      waiting.length = 0;
      stop();
      onTooSlow();
    } else wake?.();
  };
  emitter.on(event, listener);
  const end = async (): Promise<IteratorResult<T>> => {
    stop();
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

/**
 * Maps and filters an async iterator; `undefined` drops a value. Ending the result ends the source at once: an async
 * generator would first wait for the source's next value, which may never come.
 */
export function mapEvents<T, U>(
  source: AsyncIterableIterator<T>,
  map: (value: T) => Promise<U | undefined> | U | undefined,
): AsyncIterableIterator<U> {
  const end = async (): Promise<IteratorResult<U>> => {
    await source.return?.();
    return { done: true, value: undefined };
  };
  return {
    async next() {
      for (;;) {
        const next = await source.next();
        if (next.done === true) return { done: true, value: undefined };
        const mapped = await map(next.value);
        if (mapped !== undefined) return { done: false, value: mapped };
      }
    },
    return: end,
    throw: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
