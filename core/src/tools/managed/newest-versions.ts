import { CodedError } from '../../errors.ts';
import { compareVersions } from '../locate/compare-versions.ts';
import type { ProcessOutcome } from '../process/run-process.ts';
import { UPDATED_TOOLS } from './environment-versions.ts';
import type { ToolVersions } from './environment-versions.ts';
import { describePipFailure } from './pip-failure.ts';

/** Runs a program of the environment and gives what it said. */
export type Run = (file: string, ...argv: string[]) => Promise<ProcessOutcome>;

/** What the package index has. @throws MF_ERR_NETWORK when it cannot be reached */
export async function findNewestVersions(python: string, viaProxy: readonly string[], run: Run): Promise<ToolVersions> {
  const found: Record<string, string> = {};
  for (const name of UPDATED_TOOLS) {
    const outcome = await run(
      python,
      '-m',
      'pip',
      'index',
      'versions',
      name,
      '--disable-pip-version-check',
      ...viaProxy,
    );
    // With its retries used up pip says only that it found nothing, whatever the reason.
    if (outcome.exitCode !== 0)
      throw new CodedError('MF_ERR_NETWORK', undefined, { cause: describePipFailure(outcome) });
    const version = parseIndexVersions(outcome.stdout);
    if (version === undefined) throw new CodedError('MF_ERR_INTERNAL', `The package index does not tell of ${name}.`);
    found[name] = version;
  }
  // Both were looked for.
  return found as ToolVersions;
}

/** The newest of `Available versions: 2026.11.20, 2026.10.26`; they may come in any order. */
export function parseIndexVersions(stdout: string): string | undefined {
  const listed = /^Available versions:\s*(.+)$/m.exec(stdout)?.[1]?.split(',') ?? [];
  return listed
    .map((version) => version.trim())
    .filter((version) => /^\d[\d.]*$/.test(version))
    .toSorted((a, b) => compareVersions(b, a))[0];
}
