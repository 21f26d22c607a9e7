/** A test, or a whole file, that did not pass. */
export interface Failure {
  /** Names of the groups and of the test. */
  readonly title: string;
  readonly error: string;
}

/** How a piece of work went. */
export interface Outcome {
  readonly passed: number;
  readonly failures: readonly Failure[];
  readonly seconds: number;
  /** What was printed; shown when it failed. */
  readonly output: string;
}

/** Something that is run by itself: a test file, a check. */
export interface Work {
  readonly suite: string;
  /** A file relative to the project, or what is checked. */
  readonly name: string;
  /** What it mostly does: compute, or wait for processes, disks and timers. */
  readonly kind: 'computes' | 'waits';
  /** Seconds that it is expected to take; the longest starts first. */
  readonly expected: number;
  run(): Promise<Outcome>;
}

/** An outcome of something that knows only whether it went well. */
export function outcomeOfCheck(
  { code, output, hung, seconds }: { code: number | null; output: string; hung: boolean; seconds: number },
  title: string,
): Outcome {
  if (code === 0) return { passed: 1, failures: [], seconds, output };
  const error = hung ? `It did not end within ${seconds.toFixed(0)} seconds.\n${output}` : output;
  return { passed: 0, failures: [{ title, error: error.trim() }], seconds, output: '' };
}
