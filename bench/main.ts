import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { prepareTests } from '../scripts/prepare-tests.ts';

/** One question a file of this folder; `--json` prints only the figures. Ends with 1 when a goal is missed. */
const names = globSync('*.ts', { cwd: import.meta.dirname })
  .map((file) => basename(file, '.ts'))
  .filter((name) => name !== 'main')
  .sort();

export interface BenchResult {
  readonly figures: Readonly<Record<string, number | string>>;
  /** What was wanted and what came. */
  readonly goals: readonly { readonly name: string; readonly met: boolean }[];
}

const [name = '', ...flags] = process.argv.slice(2);
if (!names.includes(name)) {
  process.stderr.write(`There is no bench ${name}. Benches: ${names.join(', ')}.\n`);
  process.exit(2);
}
await prepareTests();
// Every other file of this folder is one.
const { run } = (await import(join(import.meta.dirname, `${name}.ts`))) as {
  run: (flags: readonly string[]) => Promise<BenchResult>;
};
const { figures, goals } = await run(flags);
if (!flags.includes('--json')) {
  for (const [label, value] of Object.entries(figures)) process.stdout.write(`${label.padEnd(48)} ${String(value)}\n`);
  for (const goal of goals) process.stdout.write(`${goal.met ? '✓' : '✗'} ${goal.name}\n`);
}
process.stdout.write(
  `${JSON.stringify({ bench: name, ...figures, goals: Object.fromEntries(goals.map((goal) => [goal.name, goal.met])) })}\n`,
);
process.exit(goals.every(({ met }) => met) ? 0 : 1);
