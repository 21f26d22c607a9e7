import type { ProgressUpdate } from '@mediafetcher/sdk';

/** How often progress is told, in milliseconds. */
const INTERVAL_MS = 100;

/** Tells bytes, speed and the time that is left while a file arrives. */
export function createSpeedometer(
  start: number,
  total: number | undefined,
  onProgress: (update: ProgressUpdate) => void,
): { advance(position: number): void } {
  const begun = performance.now();
  let told = -Infinity;
  return {
    advance(position) {
      const now = performance.now();
      if (now - told < INTERVAL_MS && position !== total) return;
      told = now;
      const seconds = (now - begun) / 1000;
      const speed = seconds > 0 ? (position - start) / seconds : 0;
      onProgress({
        ...(speed > 0 && { speed }),
        ...(total !== undefined && total > 0 && { share: position / total, totalBytes: total }),
        ...(total !== undefined && speed > 0 && { eta: (total - position) / speed }),
      });
    },
  };
}
