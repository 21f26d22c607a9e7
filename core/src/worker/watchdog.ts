import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface Watchdog {
  /** Something has moved. */
  alive(): void;
  /** Nothing is expected until {@link Watchdog.alive}. */
  rest(): void;
  stop(): void;
}

/** Calls `onStuck` once when for `limitMs` nothing has moved: no sign of life, no byte more or less in the directory. */
export function startWatchdog(limitMs: number, directory: string, onStuck: () => void): Watchdog {
  let movedAt = performance.now();
  let bytes = -1;
  let busy = false;

  const look = async (): Promise<void> => {
    const now = performance.now();
    const size = await measure(directory);
    if (size !== bytes) movedAt = Math.max(movedAt, now);
    bytes = size;
    if (performance.now() - movedAt < limitMs) return;
    clearInterval(timer);
    onStuck();
  };
  const timer = setInterval(
    () => {
      if (busy) return;
      busy = true;
      void look().finally(() => (busy = false));
    },
    Math.min(5_000, Math.max(20, limitMs / 5)),
  );
  return {
    alive: () => {
      movedAt = performance.now();
    },
    rest: () => {
      movedAt = Infinity;
    },
    stop: () => clearInterval(timer),
  };
}

/** Bytes of all files below a directory; files that come and go meanwhile do not count. */
async function measure(directory: string): Promise<number> {
  const entries = await readdir(directory, { withFileTypes: true, recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
