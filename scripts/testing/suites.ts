import { globSync } from 'node:fs';
import { LINT_CHECKS } from '../lint-checks.ts';
import { ROOT } from '../steps.ts';
import { runNodeFile } from './node-file.ts';
import { runProgram } from './run-program.ts';
import { runWebTests } from './web-tests.ts';
import { outcomeOfCheck } from './work.ts';
import type { Work } from './work.ts';

/** Whatever takes so long hangs: the longest file needs a quarter of it on a busy machine. */
const LIMIT_MS = 15 * 60_000;

interface Suite {
  readonly kind: Work['kind'];
  /** Seconds of one of its files, until it has been run here. */
  readonly guess: number;
  readonly files: readonly string[];
}

const NODE_SUITES: Readonly<Record<string, Suite>> = {
  unit: {
    kind: 'computes',
    guess: 2,
    files: [
      'sdk/test/**/*.test.ts',
      'plugins/*/*/test/**/*.test.ts',
      'core/test/**/*.test.ts',
      'scripts/test/**/*.test.ts',
    ],
  },
  engine: { kind: 'computes', guess: 10, files: ['core/embedded-mongo/test/**/*.test.ts'] },
  tools: {
    kind: 'waits',
    guess: 20,
    files: ['tests/lab/**/*.test.ts', 'tests/tools/**/*.test.ts', 'tests/plugins/**/*.test.ts'],
  },
  server: { kind: 'waits', guess: 90, files: ['tests/server/**/*.test.ts', 'tests/faults/**/*.test.ts'] },
  e2e: { kind: 'waits', guess: 60, files: ['tests/e2e/**/*.test.ts'] },
};

/** Names of the suites, as `npm test -- NAME` takes them. */
export const SUITES: readonly string[] = ['lint', 'ui', ...Object.keys(NODE_SUITES)];

/** All that can be run. `times` are the seconds that each took the last time. */
export function listWorks(times: ReadonlyMap<string, number>): Work[] {
  const works: Omit<Work, 'expected'>[] = [];
  const guesses = new Map<string, number>([
    ['rules', 60],
    ['types', 30],
    ['web app', 40],
  ]);
  for (const { name, argv } of LINT_CHECKS) {
    const run = async () => outcomeOfCheck(await runProgram(argv, { limitMs: LIMIT_MS }), name);
    works.push({ suite: 'lint', name, kind: 'computes', run });
  }
  works.push({ suite: 'ui', name: 'web app', kind: 'computes', run: async () => runWebTests({ limitMs: LIMIT_MS }) });
  for (const [suite, { kind, guess, files }] of Object.entries(NODE_SUITES)) {
    for (const name of globSync([...files], { cwd: ROOT, exclude: ['**/node_modules/**'] }).sort()) {
      guesses.set(name, guess);
      works.push({ suite, name, kind, run: async () => runNodeFile(name, { limitMs: LIMIT_MS }) });
    }
  }
  return works.map((work) => ({ ...work, expected: times.get(work.name) ?? guesses.get(work.name) ?? 10 }));
}
