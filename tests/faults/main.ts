import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareTests } from '../../scripts/prepare-tests.ts';
import type { FaultRounds } from './rounds.ts';

/**
 * `npm run faults -- NAME [--rounds N] [--seconds N] [--seed N] [--json]`: rounds of one kind of trouble, as many as
 * were asked for or as the time allows. The last line is the figures; ends with 1 when a round went wrong. Each file
 * beside this one that is no test is such a kind.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rounds: { type: 'string', default: '500' },
    seconds: { type: 'string' },
    seed: { type: 'string', default: process.env['SEED'] ?? String(Math.floor(Math.random() * 2 ** 31)) },
    json: { type: 'boolean', default: false },
  },
});
const names = globSync('*.ts', { cwd: import.meta.dirname })
  .map((file) => basename(file, '.ts'))
  .filter((name) => name !== 'main' && name !== 'rounds' && !name.endsWith('.test'))
  .sort();
const [name = ''] = positionals;
const [rounds, seed] = [Number(values.rounds), Number(values.seed)];
const givenSeconds = values.seconds === undefined ? undefined : Number(values.seconds);
const isGood = rounds > 0 && Number.isSafeInteger(seed) && (givenSeconds === undefined || givenSeconds > 0);
if (!names.includes(name) || !isGood) {
  const usage = 'npm run faults -- NAME [--rounds N] [--seconds N] [--seed N] [--json]';
  process.stderr.write(`Usage: ${usage}. Names: ${names.join(', ')}.\n`);
  process.exit(2);
}
await prepareTests();
// Every file here that is no test is one.
const { run, defaultSeconds = 120 } = (await import(join(import.meta.dirname, `${name}.ts`))) as FaultRounds;
const { ok, figures } = await run({
  seconds: givenSeconds ?? defaultSeconds,
  rounds,
  seed,
  log: (line) => {
    if (!values.json) process.stdout.write(`${line}\n`);
  },
});
process.stdout.write(`${JSON.stringify({ faults: name, ok, ...figures })}\n`);
process.exit(ok ? 0 : 1);
