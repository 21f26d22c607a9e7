import { prepareTests } from '../scripts/prepare-tests.ts';

/** One question a file; `--json` prints only the figures. Ends with 1 when a goal is missed. */
const BENCHES: Readonly<Record<string, () => Promise<{ run: () => Promise<BenchResult> }>>> = {
  engine: async () => import('./engine.ts'),
  job: async () => import('./job.ts'),
};

export interface BenchResult {
  readonly figures: Readonly<Record<string, number | string>>;
  /** What was wanted and what came. */
  readonly goals: readonly { readonly name: string; readonly met: boolean }[];
}

const [name = '', ...flags] = process.argv.slice(2);
const load = BENCHES[name];
if (load === undefined) {
  process.stderr.write(`There is no bench ${name}. Benches: ${Object.keys(BENCHES).join(', ')}.\n`);
  process.exit(2);
}
await prepareTests();
const { figures, goals } = await (await load()).run();
if (!flags.includes('--json')) {
  for (const [label, value] of Object.entries(figures)) process.stdout.write(`${label.padEnd(48)} ${String(value)}\n`);
  for (const goal of goals) process.stdout.write(`${goal.met ? '✓' : '✗'} ${goal.name}\n`);
}
process.stdout.write(
  `${JSON.stringify({ bench: name, ...figures, goals: Object.fromEntries(goals.map((goal) => [goal.name, goal.met])) })}\n`,
);
process.exit(goals.every(({ met }) => met) ? 0 : 1);
