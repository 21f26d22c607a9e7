import { compareVersions } from './compare-versions.ts';

export type ToolSource = 'setting' | 'path' | 'managed';

export interface Candidate {
  readonly source: ToolSource;
  readonly path: string;
  /** Missing when the program does not answer. */
  readonly version?: string;
}

/**
 * Picks the program to use: the setting decides alone, even when it does not work, so that a wrong path shows. Then what the owner put
 * on PATH, unless the managed one is newer (a distribution's package is often a year old, and platforms change weekly).
 */
export function chooseCandidate(candidates: readonly Candidate[]): Candidate | undefined {
  const set = candidates.find(({ source }) => source === 'setting');
  if (set !== undefined) return set;
  const working = candidates.filter(({ version }) => version !== undefined);
  const [first, ...others] = ['path', 'managed'].flatMap((wanted) => working.filter(({ source }) => source === wanted));
  return others.reduce((best, other) => (isNewer(other, best) ? other : best), first);
}

function isNewer(other: Candidate, best: Candidate | undefined): boolean {
  return compareVersions(other.version ?? '', best?.version ?? '') > 0;
}
