import { existsSync, globSync } from 'node:fs';
import { join } from 'node:path';
import { run as runTests } from 'node:test';
import { spec } from 'node:test/reporters';
import { spawn } from 'node:child_process';
import { prepareTests } from './prepare-tests.ts';
import { ROOT, StepError } from './steps.ts';

/** A file that takes so long hangs. */
const FILE_TIMEOUT_MS = 15 * 60_000;

interface Tally {
  passed: number;
  failed: number;
}

/** Everything that must pass, in the order in which a failure is cheapest to see. Names as arguments run only those. */
const SUITES: Readonly<Record<string, () => Promise<Tally>>> = {
  lint: async () => checks('lint', ['scripts/lint.ts']),
  unit: async () =>
    nodeTests(
      ['sdk/test/**/*.test.ts', 'plugins/*/*/test/**/*.test.ts', 'core/test/**/*.test.ts', 'scripts/test/**/*.test.ts'],
      2,
    ),
  engine: async () => nodeTests(['core/embedded-mongo/test/**/*.test.ts'], 2),
  tools: async () => nodeTests(['tests/lab/**/*.test.ts', 'tests/tools/**/*.test.ts', 'tests/plugins/**/*.test.ts'], 2),
  server: async () => nodeTests(['tests/server/**/*.test.ts', 'tests/faults/**/*.test.ts'], 1),
  ui: uiTests,
  e2e: async () => nodeTests(['tests/e2e/**/*.test.ts'], 1),
};

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in SUITES));
if (unknown.length > 0)
  throw new StepError(`There is no suite ${unknown.join(', ')}. Suites: ${Object.keys(SUITES).join(', ')}.`);

await prepareTests();
const total: Tally = { passed: 0, failed: 0 };
const broken: string[] = [];
for (const [name, suite] of Object.entries(SUITES)) {
  if (wanted.length > 0 && !wanted.includes(name)) continue;
  process.stdout.write(`\n── ${name}\n`);
  const started = performance.now();
  const { passed, failed } = await suite();
  total.passed += passed;
  total.failed += failed;
  if (failed > 0) broken.push(name);
  process.stdout.write(
    `── ${name}: ${passed} passed, ${failed} failed (${((performance.now() - started) / 1000).toFixed(0)} s)\n`,
  );
}
if (broken.length > 0) process.stdout.write(`\nFailed: ${broken.join(', ')}\n`);
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed > 0 ? 1 : 0);

async function nodeTests(patterns: readonly string[], concurrency: number): Promise<Tally> {
  const files = globSync([...patterns], { cwd: ROOT, exclude: ['**/node_modules/**'] }).map((file) => join(ROOT, file));
  const tally: Tally = { passed: 0, failed: 0 };
  if (files.length === 0) return tally;
  const stream = runTests({ files, concurrency, cwd: ROOT, timeout: FILE_TIMEOUT_MS });
  const isTest = ({ details }: { details: { type?: string } }): boolean => details.type !== 'suite';
  stream.on('test:pass', (event) => {
    if (isTest(event) && event.skip === undefined) tally.passed += 1;
  });
  stream.on('test:fail', (event) => {
    if (isTest(event)) tally.failed += 1;
  });
  const report = new spec();
  stream.pipe(report).pipe(process.stdout, { end: false });
  await new Promise<void>((resolve) => report.once('end', () => resolve()));
  return tally;
}

/** One check that passes or fails as a whole. */
async function checks(name: string, argv: readonly string[]): Promise<Tally> {
  const { code } = await shownRun(process.execPath, argv);
  if (code !== 0) process.stdout.write(`✖ ${name}\n`);
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

async function uiTests(): Promise<Tally> {
  const runner = join(ROOT, 'node_modules/@web/test-runner/dist/bin.js');
  const { code, output } = await shownRun(
    process.execPath,
    [existsSync(runner) ? runner : join(ROOT, 'node_modules/.bin/wtr')],
    'ui',
  );
  // The runner draws its progress line again and again; the last one counts.
  const last = (word: string): number =>
    Number([...output.matchAll(new RegExp(`(\\d+) ${word}`, 'g'))].at(-1)?.[1] ?? 0);
  const passed = last('passed');
  const failed = last('failed');
  // A runner that breaks before its first test is a failure too.
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

async function shownRun(
  command: string,
  argv: readonly string[],
  folder = '.',
): Promise<{ code: number | null; output: string }> {
  const child = spawn(command, argv, { cwd: join(ROOT, folder), stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
    process.stdout.write(chunk);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, output };
}
