/** Lets the newest value through at most once in an interval; the last one is never lost. */
export interface Throttle<Value> {
  push(value: Value): void;
  /** Lets a value through now, in place of any that waits. */
  pushNow(value: Value): void;
  /** Drops what waits and ends the timer. */
  stop(): void;
}

/** @param emit where it gives a promise, the interval begins at its end: of two values that wait, one is under way at a time */
export function createThrottle<Value>(intervalMs: number, emit: (value: Value) => unknown): Throttle<Value> {
  let waiting: { value: Value } | undefined;
  let timer: NodeJS.Timeout | undefined;
  /** What was let through last; while that is under way nothing else is. */
  let latest: symbol | undefined;

  const rest = (): void => {
    latest = undefined;
    timer = setTimeout(open, intervalMs).unref();
  };
  const open = (): void => {
    timer = undefined;
    if (waiting !== undefined) pass(waiting.value);
  };
  const pass = (value: Value): void => {
    waiting = undefined;
    clearTimeout(timer);
    timer = undefined;
    const own = Symbol();
    latest = own;
    const passing = emit(value);
    const end = (): void => {
      if (latest === own) rest();
    };
    if (passing instanceof Promise) void passing.then(end, end);
    else end();
  };
  return {
    push(value) {
      if (timer === undefined && latest === undefined) pass(value);
      else waiting = { value };
    },
    pushNow: pass,
    stop() {
      clearTimeout(timer);
      timer = undefined;
      latest = undefined;
      waiting = undefined;
    },
  };
}
