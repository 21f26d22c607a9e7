import { crashRounds } from '../../core/embedded-mongo/test/support/crash/rounds.ts';
import type { FaultOptions, FaultResult } from './rounds.ts';

/** How the time is divided: kill -9 with each durability, and power cuts with `full`. */
const KINDS = [
  { name: 'kill -9, normal', durability: 'normal', powerCut: false, share: 0.5 },
  { name: 'kill -9, full', durability: 'full', powerCut: false, share: 0.25 },
  { name: 'power cut, full', durability: 'full', powerCut: true, share: 0.25 },
] as const;

/** The embedded engine is killed while it writes, and must come back with everything that it acknowledged. */
export async function run({ seconds, seed, log }: FaultOptions): Promise<FaultResult> {
  log(`SEED=${seed}`);
  const figures: Record<string, number | string> = { seed };
  let ok = true;
  for (const { name, durability, powerCut, share } of KINDS) {
    const until = performance.now() + seconds * 1000 * share;
    try {
      const found = await crashRounds({ durability, powerCut, seed, goesOn: () => performance.now() < until });
      figures[`${name}: rounds`] = found.rounds;
      figures[`${name}: acknowledged`] = found.acknowledged;
      log(`✓ ${name}: ${found.rounds} rounds, ${found.acknowledged} acknowledged writes, none lost`);
    } catch (error) {
      ok = false;
      figures[`${name}: failure`] = error instanceof Error ? error.message : String(error);
      log(`✗ ${name}: ${figures[`${name}: failure`] ?? ''}`);
    }
  }
  return { ok, figures };
}
