import { availableParallelism } from 'node:os';
import { prepareTests } from './prepare-tests.ts';
import { killPrograms } from './testing/run-program.ts';
import { runPool } from './testing/pool.ts';
import { SUITES, listWorks } from './testing/suites.ts';
import { formatEnded, formatSummary } from './testing/summary.ts';
import type { Ended } from './testing/summary.ts';
import { readTimes, writeTimes } from './testing/times.ts';

/** Everything that must pass, side by side. Names of suites or files as arguments run only those. */
const wanted = process.argv.slice(2);
const all = listWorks(readTimes());
const unknown = wanted.filter((name) => !SUITES.includes(name) && !all.some((work) => work.name === name));
if (unknown.length > 0) {
  process.stderr.write(`There is no suite or test file ${unknown.join(', ')}. Suites: ${SUITES.join(', ')}.\n`);
  process.exit(2);
}
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    killPrograms();
    process.exit(1);
  });
}

await prepareTests();
const works = all.filter(({ suite, name }) => wanted.length === 0 || wanted.includes(suite) || wanted.includes(name));
const started = performance.now();
const ended: Ended[] = [];
await runPool(works, {
  cores: availableParallelism(),
  onEnd(work, outcome) {
    ended.push([work, outcome]);
    process.stdout.write(formatEnded([work, outcome]));
  },
});
writeTimes(new Map(ended.map(([work, outcome]) => [work.name, outcome.seconds])));
process.stdout.write(formatSummary(ended, (performance.now() - started) / 1000));
process.exitCode = ended.some(([, { failures }]) => failures.length > 0) ? 1 : 0;
