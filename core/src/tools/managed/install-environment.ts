import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../../errors.ts';
import { buildCaFiles } from '../ca-bundle.ts';
import { planInstall } from '../install/plan-install.ts';
import { readHostSystem } from '../install/system.ts';
import { findOnPath } from '../locate/find-program.ts';
import { VERSION_ARGUMENTS, parseVersion } from '../locate/parse-version.ts';
import { buildChildEnvironment } from '../process/child-environment.ts';
import { runProcess } from '../process/run-process.ts';
import { UPDATED_TOOLS } from './environment-versions.ts';
import type { ToolVersions, UpdatedTool } from './environment-versions.ts';
import type { Run } from './newest-versions.ts';
import type { EnsureManagedToolsOptions } from './options.ts';
import { toolsDirectoryOf } from './folders.ts';
import { describePipFailure, describePythonFailure } from './pip-failure.ts';
import { markReady } from './ready.ts';

export interface InstallOptions extends EnsureManagedToolsOptions {
  readonly signal: AbortSignal;
  readonly directory: string;
  readonly lockFile: string;
  readonly pins: ReadonlyMap<string, string>;
}

/** Makes the environment from nothing and marks it ready, or leaves nothing behind. */
export async function installEnvironment(options: InstallOptions): Promise<void> {
  const { directory, lockFile, proxy, onStep } = options;
  const run = await createRun(options);
  await rm(directory, { recursive: true, force: true });
  try {
    onStep?.('venv');
    await makeVenv(options, run);
    onStep?.('packages');
    const pip = [
      '-m',
      'pip',
      'install',
      '--require-hashes',
      '--prefer-binary',
      '--no-input',
      '--disable-pip-version-check',
    ];
    const viaProxy = proxy === undefined ? [] : ['--proxy', proxy];
    const installed = await run(join(directory, 'bin', 'python3'), ...pip, '--quiet', ...viaProxy, '-r', lockFile);
    if (installed.exitCode !== 0) throw describePipFailure(installed);
    onStep?.('check');
    await checkVersions(options, run);
    await markReady(directory);
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

/** Makes an empty environment. @throws MF_ERR_TOOL_MISSING */
export async function makeVenv(
  { directory, python }: Pick<InstallOptions, 'directory' | 'python'>,
  run: Run,
): Promise<void> {
  const program = python ?? (await findOnPath('python3', process.env['PATH'] ?? '')) ?? '/usr/bin/python3';
  const made = await run(program, '-m', 'venv', directory);
  if (made.exitCode !== 0) throw describePythonFailure(made, planInstall('python', await readHostSystem()));
}

async function checkVersions({ directory, pins }: InstallOptions, run: Run): Promise<void> {
  for (const name of UPDATED_TOOLS) {
    const { version, stderr } = await askVersion(directory, name, run);
    const pin = pins.get(name);
    if (version === undefined || !sameVersion(version, pin)) {
      const cause = new Error(`${name}: ${version ?? stderr}, not ${pin ?? 'pinned'}`);
      throw new CodedError('MF_ERR_INTERNAL', `The new ${name} does not start as it should. Nothing was changed.`, {
        cause,
      });
    }
  }
}

/** What the tools of an environment say of themselves. @throws MF_ERR_INTERNAL when one does not answer */
export async function askVersions(directory: string, run: Run): Promise<ToolVersions> {
  const found: Record<string, string> = {};
  for (const name of UPDATED_TOOLS) {
    const { version, stderr } = await askVersion(directory, name, run);
    if (version === undefined)
      throw new CodedError('MF_ERR_INTERNAL', `${name} does not say its version.`, { cause: new Error(stderr) });
    found[name] = version;
  }
  // Both were asked.
  return found as ToolVersions;
}

async function askVersion(directory: string, name: UpdatedTool, run: Run) {
  const { stdout, stderr } = await run(join(directory, 'bin', name), ...VERSION_ARGUMENTS[name]);
  return { version: parseVersion(name, stdout), stderr };
}

/** yt-dlp writes 2026.08.05 where its package says 2026.8.5. */
function sameVersion(version: string, pin: string | undefined): boolean {
  const plain = (text: string): string => text.replace(/\b0+(?=\d)/g, '');
  return pin !== undefined && plain(version) === plain(pin);
}

/** Runs programs with pip's settings and the owner's certificates. The signal ends them, and throws. */
export async function createRun({
  dataDir,
  extraCaFile,
  proxy,
  signal,
}: Pick<InstallOptions, 'dataDir' | 'extraCaFile' | 'proxy' | 'signal'>): Promise<Run> {
  const ca = extraCaFile === undefined ? undefined : await buildCaFiles(extraCaFile, toolsDirectoryOf(dataDir));
  const environment = {
    ...pipSettings(process.env),
    ...buildChildEnvironment(process.env, {
      ownProxy: proxy !== undefined,
      ...(ca && { ca }),
    }),
    ...(ca && { PIP_CERT: ca.bundle }),
  };
  return async (file, ...argv) => {
    const outcome = await runProcess({ file, arguments: argv, environment, signal });
    signal.throwIfAborted();
    return outcome;
  };
}

/** The owner's settings for pip: an index of their own, certificates. Those that would lead it out of the environment are left out. */
function pipSettings(parent: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(parent).filter(([name]) =>
    /^PIP_(?!REQUIRE_VIRTUALENV$|USER$|TARGET$|PREFIX$)/.test(name),
  );
  return Object.fromEntries(entries.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
}
