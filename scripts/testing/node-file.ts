import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../steps.ts';
import type { Report } from './reporter.ts';
import { runProgram } from './run-program.ts';
import type { Failure, Outcome } from './work.ts';

const REPORTER = pathToFileURL(join(import.meta.dirname, 'reporter.ts')).href;

/** Runs one file of node:test in a process of its own. One that hangs, or ends badly without a failed test, has failed. */
export async function runNodeFile(file: string, { limitMs }: { limitMs: number }): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'mediafetcher-test-'));
  try {
    const reports = join(folder, 'reports');
    const argv = [`--test-reporter=${REPORTER}`, `--test-reporter-destination=${reports}`, join(ROOT, file)];
    const { code, signal, output, hung, seconds } = await runProgram(argv, { limitMs });
    const { passed, failures } = await readReports(reports);
    const end = signal === null ? `exit code ${String(code)}` : signal;
    if (hung) failures.push({ title: file, error: `It did not end within ${Math.round(limitMs / 1000)} seconds.` });
    else if (code !== 0 && failures.length === 0)
      failures.push({ title: file, error: `It ended with ${end} and no failed test.` });
    else if (code === 0 && passed + failures.length === 0) failures.push({ title: file, error: 'It has no test.' });
    return { passed, failures, seconds, output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function readReports(path: string): Promise<{ passed: number; failures: Failure[] }> {
  const text = await readFile(path, 'utf8').catch(() => '');
  let passed = 0;
  const failures: Failure[] = [];
  // The last line of a file that was ended may be half written.
  for (const line of text.split('\n').slice(0, -1)) {
    const report = JSON.parse(line) as Report; // Our own reporter wrote it.
    if (report.type === 'pass') passed += 1;
    else failures.push({ title: report.title, error: report.error });
  }
  return { passed, failures };
}
