import { Product } from '../harness/product.ts';
import { createLab } from '../lab/index.ts';
import { Campaign } from './downloads/campaign.ts';
import type { FaultOptions, FaultResult } from './rounds.ts';

/** Rounds between two recounts of everything. */
const RECOUNT_EVERY = 10;
/** Five hundred rounds take three quarters of an hour on two cores. */
export const defaultSeconds = 2 * 3_600;

/** Kills server, worker, runner, warm Python host and tools at random moments while posts of all kinds are downloaded. */
export async function run({ rounds, seconds, seed, log }: FaultOptions): Promise<FaultResult> {
  log(`SEED=${seed}`);
  const end = Date.now() + seconds * 1_000;
  const lab = await createLab();
  const product = await Product.start({ lab });
  const figures = { seed, rounds: 0, jobs: 0, kills: 0, problems: 0 };
  const kinds = new Map<string, number>();
  const note = (what: string, problems: readonly string[]): void => {
    figures.problems += problems.length;
    log(`${problems.length === 0 ? '✓' : '✗'} ${what}`);
    for (const problem of problems) log(`    ${problem}`);
  };
  try {
    const campaign = new Campaign(lab, product, seed);
    await campaign.prepare();
    while (figures.rounds < rounds && Date.now() < end) {
      const began = performance.now();
      const { jobs, kills, problems } = await campaign.round();
      const took = ((performance.now() - began) / 1_000).toFixed(1);
      figures.rounds += 1;
      figures.jobs += jobs;
      figures.kills += kills.length;
      for (const kind of kills) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      note(`round ${figures.rounds}: ${jobs} downloads, killed ${kills.join(', ')}, ${took} s`, problems);
      if (figures.rounds % RECOUNT_EVERY === 0) note('recount', await campaign.recount());
    }
    note('recount at the end', await campaign.recount());
    note(
      'nobody asked the lab for what it does not know',
      lab.unmatched().map(({ url }) => url),
    );
  } finally {
    await product.close();
    await lab.close();
  }
  return { ok: figures.problems === 0 && figures.rounds > 0, figures: { ...figures, ...Object.fromEntries(kinds) } };
}
