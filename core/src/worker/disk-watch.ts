import { statfs } from 'node:fs/promises';

/** Milliseconds between two looks: at 100 MB a second that much more than the reserve is what may be used of it. */
const INTERVAL_MS = 1_000;

/** Free bytes of the file system that a folder is on. */
export type ReadFreeBytes = (folder: string) => Promise<number>;

export const readFreeBytes: ReadFreeBytes = async (folder) => {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
};

/**
 * Calls `onFull` once when less than the reserve is free, whoever uses it. Returns what ends the watch.
 * @param intervalMs @default 1,000
 */
export function startDiskWatch(
  folder: string,
  reserveBytes: number,
  onFull: () => void,
  { read = readFreeBytes, intervalMs = INTERVAL_MS }: { read?: ReadFreeBytes; intervalMs?: number } = {},
): () => void {
  let busy = false;
  const look = async (): Promise<void> => {
    // A share that cannot say it now says so to whoever writes.
    const free = await read(folder).catch(() => Infinity);
    if (free >= reserveBytes) return;
    clearInterval(timer);
    onFull();
  };
  const timer = setInterval(() => {
    // One call that hangs is enough.
    if (busy) return;
    busy = true;
    void look().finally(() => (busy = false));
  }, intervalMs);
  return () => clearInterval(timer);
}
