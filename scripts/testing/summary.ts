import type { Outcome, Work } from './work.ts';

/** A work and how it went. */
export type Ended = readonly [work: Work, outcome: Outcome];

const SLOWEST = 10;

/** One line for a work that has ended, and all that it has to say when it failed. */
export function formatEnded([{ suite, name }, { passed, failures, seconds, output }]: Ended): string {
  const mark = failures.length === 0 ? '✔' : '✖';
  const counts = `${passed} passed${failures.length === 0 ? '' : `, ${failures.length} failed`}`;
  const line = `${mark} ${suite.padEnd(6)} ${name}: ${counts} (${seconds.toFixed(1)} s)\n`;
  return failures.length === 0 ? line : `${line}${output.trim()}\n${formatFailures([name, failures])}`;
}

/**
 * What is printed at the end: each failed test once more, the slowest files, the suites, and as the last line
 * `N passed, N failed`.
 */
export function formatSummary(ended: readonly Ended[], seconds: number): string {
  const failed = ended.filter(([, { failures }]) => failures.length > 0);
  const lines = failed.map(([{ name }, { failures }]) => formatFailures([name, failures]));
  const slowest = [...ended].sort(([, a], [, b]) => b.seconds - a.seconds).slice(0, SLOWEST);
  lines.push(
    '\nSlowest:\n',
    ...slowest.map(([work, outcome]) => `${outcome.seconds.toFixed(1).padStart(8)} s  ${work.name}\n`),
  );
  lines.push(`\nSuites (${seconds.toFixed(0)} s in all):\n`);
  for (const suite of new Set(ended.map(([work]) => work.suite))) {
    const own = ended.filter(([work]) => work.suite === suite);
    const sum = own.reduce((total, [, outcome]) => total + outcome.seconds, 0);
    lines.push(`  ${suite.padEnd(8)} ${formatCounts(own)} (${sum.toFixed(0)} s)\n`);
  }
  return `${lines.join('')}\n${formatCounts(ended)}\n`;
}

function formatFailures([file, failures]: readonly [string, Outcome['failures']]): string {
  return failures.map(({ title, error }) => `\n✖ ${title}\n  ${file}\n${error.replaceAll(/^/gm, '  ')}\n`).join('');
}

function formatCounts(ended: readonly Ended[]): string {
  const passed = ended.reduce((sum, [, outcome]) => sum + outcome.passed, 0);
  const failed = ended.reduce((sum, [, { failures }]) => sum + failures.length, 0);
  return `${passed} passed, ${failed} failed`;
}
