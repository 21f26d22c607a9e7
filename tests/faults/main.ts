import { globSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { prepareTests } from '../../scripts/prepare-tests.ts';
import type { FaultRounds } from './rounds.ts';

/**
 * `npm run faults -- NAME [--seconds N] [--json]`: rounds of one kind of trouble, as many as the time allows. The last
 * line is the figures; ends with 1 when a round went wrong. Each file beside this one that is no test is such a kind.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { seconds: { type: 'string', default: '120' }, json: { type: 'boolean', default: false } },
});
const names = globSync('*.ts', { cwd: import.meta.dirname })
  .map((file) => basename(file, '.ts'))
  .filter((name) => name !== 'main' && name !== 'rounds' && !name.endsWith('.test'))
  .sort();
const [name = ''] = positionals;
const seconds = Number(values.seconds);
if (!names.includes(name) || !(seconds > 0)) {
  process.stderr.write(`Usage: npm run faults -- NAME [--seconds N] [--json]. Names: ${names.join(', ')}.\n`);
  process.exit(2);
}
await prepareTests();
// Every file here that is no test is one.
const { run } = (await import(join(import.meta.dirname, `${name}.ts`))) as FaultRounds;
const { ok, figures } = await run({
  seconds,
  log: (line) => {
    if (!values.json) process.stdout.write(`${line}\n`);
  },
});
process.stdout.write(`${JSON.stringify({ faults: name, ok, ...figures })}\n`);
process.exit(ok ? 0 : 1);
