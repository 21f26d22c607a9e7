import { stripVTControlCharacters } from 'node:util';
import { join } from 'node:path';
import { ROOT } from '../steps.ts';
import { runProgram } from './run-program.ts';
import type { Failure, Outcome } from './work.ts';

/** Runs the component tests of the web app in Chromium. */
export async function runWebTests({ limitMs }: { limitMs: number }): Promise<Outcome> {
  const argv = [join(ROOT, 'node_modules/@web/test-runner/dist/bin.js')];
  const result = await runProgram(argv, { limitMs, folder: 'ui' });
  const output = stripVTControlCharacters(result.output);
  const { passed, failed } = readCounts(output);
  const failures: Failure[] = [];
  // A runner that breaks before its first test is a failure too.
  const missing = Math.max(failed, result.code === 0 ? 0 : 1);
  for (let index = 0; index < missing; index += 1) {
    const title = readFailedTitles(output)[index] ?? `web app (${index + 1} of ${missing})`;
    failures.push({ title, error: index === 0 ? output.trim() : 'See above.' });
  }
  return { passed, failures, seconds: result.seconds, output: '' };
}

/** The runner draws its progress line again and again; the last one counts. */
export function readCounts(output: string): { passed: number; failed: number } {
  const last = (word: string): number =>
    Number([...output.matchAll(new RegExp(`(\\d+) ${word}`, 'g'))].at(-1)?.[1] ?? 0);
  return { passed: last('passed'), failed: last('failed') };
}

function readFailedTitles(output: string): readonly string[] {
  return [...output.matchAll(/^\s*𐄂 (.+)$/gmu)].flatMap(([, title]) => title?.trim() ?? []);
}
