/** Lets the newest value through at most once in an interval; the last one is never lost. */
export interface Throttle<Value> {
  push(value: Value): void;
  /** Lets a value through now, in place of any that waits. */
  pushNow(value: Value): void;
  /** Drops what waits and ends the timer. */
  stop(): void;
}

export function createThrottle<Value>(intervalMs: number, emit: (value: Value) => void): Throttle<Value> {
  let waiting: { value: Value } | undefined;
  let timer: NodeJS.Timeout | undefined;

  const open = (): void => {
    timer = undefined;
    if (waiting === undefined) return;
    const { value } = waiting;
    pass(value);
  };
  const pass = (value: Value): void => {
    waiting = undefined;
    clearTimeout(timer);
    timer = setTimeout(open, intervalMs).unref();
    emit(value);
  };
  return {
    push(value) {
      if (timer === undefined) pass(value);
      else waiting = { value };
    },
    pushNow: pass,
    stop() {
      clearTimeout(timer);
      timer = undefined;
      waiting = undefined;
    },
  };
}
