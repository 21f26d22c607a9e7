import type { Stage } from '../api/types.ts';

export const STAGES = ['probe', 'fetch', 'verify', 'process', 'store'] as const satisfies readonly Stage[];

/**
 * Where a stage begins and ends at most, in percent of the whole job. The server gives a fetch more room when nothing
 * will be processed; these hold both, so that a share is never overstated and never falls.
 */
const SPANS: Readonly<Record<Stage, readonly [start: number, end: number]>> = {
  list: [0, 5],
  probe: [0, 5],
  fetch: [5, 90],
  verify: [75, 92],
  process: [78, 95],
  store: [95, 100],
};

export type Segment = 'done' | 'now' | 'ahead';

export interface Trip {
  readonly segments: readonly Segment[];
  /** Share of the present segment that is behind, 0-100. */
  readonly share: number;
}

/** Which segment a stage is shown by; -1 for none. A list is read where others look at their post. */
export function placeOf(stage: Stage | null | undefined): number {
  return STAGES.findIndex((known) => known === (stage === 'list' ? 'probe' : stage));
}

/** Stage and whole-job progress → what each segment shows. */
export function layTrip(stage: Stage | null | undefined, progress: number): Trip {
  const at = placeOf(stage);
  const segments = STAGES.map((_, index): Segment => (index < at ? 'done' : index === at ? 'now' : 'ahead'));
  const [start, end] = SPANS[stage ?? 'probe'];
  const share = (progress - start) / (end - start);
  return { segments, share: Math.round(Math.min(1, Math.max(0, share)) * 1000) / 10 };
}
