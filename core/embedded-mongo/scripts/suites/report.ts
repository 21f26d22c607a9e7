import { readFileSync } from 'node:fs';

/** What became of one test. */
export interface Outcome {
  readonly title: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly error: string;
}

interface MochaTest {
  readonly fullTitle: string;
  readonly err?: { readonly message?: string };
}

interface MochaReport {
  readonly passes: readonly MochaTest[];
  readonly failures: readonly MochaTest[];
  readonly pending: readonly MochaTest[];
}

/** Reads what mocha's `json` reporter wrote. */
export function readMocha(file: string): Outcome[] {
  // The file is the reporter's own; its shape is mocha's.
  const report = JSON.parse(readFileSync(file, 'utf8')) as MochaReport;
  const outcome = (state: Outcome['state']) => (one: MochaTest) => ({
    title: one.fullTitle,
    state,
    error: one.err?.message ?? '',
  });
  return [
    ...report.passes.map(outcome('passed')),
    ...report.failures.map(outcome('failed')),
    ...report.pending.map(outcome('skipped')),
  ];
}

interface VitestReport {
  readonly testResults: readonly {
    readonly name: string;
    readonly message?: string;
    readonly status: string;
    readonly assertionResults: readonly {
      readonly fullName: string;
      readonly status: string;
      readonly failureMessages?: readonly string[];
    }[];
  }[];
}

/** Reads what vitest's `json` reporter wrote. */
export function readVitest(file: string): Outcome[] {
  // The file is the reporter's own; its shape is vitest's.
  const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  return report.testResults.flatMap((one) => {
    if (one.status === 'failed' && one.assertionResults.length === 0)
      return [{ title: one.name, state: 'failed' as const, error: one.message ?? '' }];
    return one.assertionResults.map((result) => ({
      title: result.fullName,
      state:
        result.status === 'passed'
          ? ('passed' as const)
          : result.status === 'failed'
            ? ('failed' as const)
            : ('skipped' as const),
      error: result.failureMessages?.join('\n') ?? '',
    }));
  });
}
