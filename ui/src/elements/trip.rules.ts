import type { Stage } from '../api/types.ts';

export const STAGES = ['probe', 'fetch', 'verify', 'process', 'store'] as const satisfies readonly Stage[];

/** How long the stages take beside each other: the widths of the segments. */
const WEIGHTS = [1, 5, 1, 2.4, 1] as const;
const TOTAL = WEIGHTS.reduce((sum, weight) => sum + weight, 0);

export type Segment = 'done' | 'now' | 'ahead';

export interface Trip {
  readonly segments: readonly Segment[];
  /** Share of the present segment that is behind, 0-100. */
  readonly share: number;
}

/** Stage and whole-job progress → what each segment shows. */
export function layTrip(stage: Stage | null | undefined, progress: number): Trip {
  const at = stage ? STAGES.indexOf(stage) : -1;
  const segments = STAGES.map((_, index): Segment => (index < at ? 'done' : index === at ? 'now' : 'ahead'));
  const before = WEIGHTS.slice(0, Math.max(0, at)).reduce((sum, weight) => sum + weight, 0);
  const width = WEIGHTS[Math.max(0, at)] ?? 1;
  const share = ((progress / 100) * TOTAL - before) / width;
  return { segments, share: Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10 };
}
