import { createHash } from 'node:crypto';
import { readFile, readlink, realpath, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CodedError } from '../../errors.ts';
import { ensureManagedTools } from './ensure-managed-tools.ts';
import { isNoOlder, isProgress, parseVersions, UPDATED_TOOLS, writeVersions } from './environment-versions.ts';
import type { ToolVersions } from './environment-versions.ts';
import { currentLinkOf, findLockFile, toolsDirectoryOf } from './folders.ts';
import { askVersions, createRun, makeVenv } from './install-environment.ts';
import { withInstallLock } from './install-lock.ts';
import { findNewestVersions } from './newest-versions.ts';
import type { Run } from './newest-versions.ts';
import type { EnsureManagedToolsOptions } from './options.ts';
import { parseToolsLock } from './parse-lock.ts';
import { describePipFailure } from './pip-failure.ts';
import { isReady, markReady, removeOthers, switchCurrent } from './ready.ts';
import { smokeTest } from './smoke-test.ts';

export interface UpdateOptions extends EnsureManagedToolsOptions {
  /** Also to versions from which somebody has gone back. @default false */
  readonly byHand?: boolean;
}

export interface UpdateReport {
  /** `offline` and `held` (somebody has gone back from these versions) are no errors. */
  readonly result: 'updated' | 'current' | 'offline' | 'held';
  readonly from: ToolVersions;
  readonly to: ToolVersions;
}

/**
 * Puts the newest yt-dlp and gallery-dl beside the present ones, tries them, and switches in one step; what is half made is thrown
 * away. Never to an older one.
 * @throws MF_ERR_INTERNAL when the new tools do not work · MF_ERR_DISK_FULL · MF_ERR_TOOL_MISSING when they do not fit this Python
 */
export async function updateManagedTools(options: UpdateOptions): Promise<UpdateReport> {
  const { dataDir, proxy, byHand = false } = options;
  const signal = options.signal ?? new AbortController().signal;
  await ensureManagedTools(options);
  const tools = toolsDirectoryOf(dataDir);
  return withInstallLock(tools, signal, async () => {
    const run = await createRun({ ...options, signal });
    const present = await realpath(currentLinkOf(dataDir));
    const from = await askVersions(present, run);
    const viaProxy = proxy === undefined ? [] : ['--proxy', proxy];
    const newest = await findNewestVersions(join(present, 'bin', 'python3'), viaProxy, run).catch(orOffline);
    if (newest === undefined) return { result: 'offline', from, to: from };
    if (!isProgress(newest, from)) return { result: 'current', from, to: from };
    if (!byHand && same(await readHeld(tools), newest)) return { result: 'held', from, to: from };
    const name = nameOf(newest);
    const directory = join(tools, name);
    const to = (await isReady(directory))
      ? newest
      : await build({ ...options, signal, directory }, newest, { run, from, viaProxy });
    options.onStep?.('switch');
    await switchCurrent(dataDir, name);
    await removeOthers(dataDir);
    options.log.info({ from, to }, 'tools updated');
    return { result: 'updated', from, to };
  });
}

/** Goes back to the environment before; updates by themselves leave these versions out. @throws MF_ERR_STATE when there is none */
export async function rollBackManagedTools({ dataDir, log, signal }: EnsureManagedToolsOptions): Promise<ToolVersions> {
  const tools = toolsDirectoryOf(dataDir);
  const until = signal ?? new AbortController().signal;
  return withInstallLock(tools, until, async () => {
    const run = await createRun({ dataDir, signal: until });
    const previous = await readlink(join(tools, 'previous')).catch(() => undefined);
    if (previous === undefined || !(await isReady(join(tools, previous))))
      throw new CodedError('MF_ERR_STATE', 'There are no tools of before to go back to.');
    const from = await askVersions(await realpath(currentLinkOf(dataDir)), run);
    await writeFile(join(tools, HELD), JSON.stringify(from));
    await switchCurrent(dataDir, previous);
    const to = await askVersions(join(tools, previous), run);
    log.info({ from, to }, 'went back to the tools of before');
    return to;
  });
}

const HELD = 'held.json';

interface Building {
  readonly run: Run;
  readonly from: ToolVersions;
  readonly viaProxy: readonly string[];
}

async function build(
  options: UpdateOptions & { readonly directory: string; readonly signal: AbortSignal },
  wanted: ToolVersions,
  { run, from, viaProxy }: Building,
): Promise<ToolVersions> {
  const { directory, onStep, signal } = options;
  await rm(directory, { recursive: true, force: true });
  try {
    onStep?.('venv');
    await makeVenv(options, run);
    onStep?.('packages');
    await installNewest(options, wanted, { run, viaProxy });
    onStep?.('check');
    const got = await askVersions(directory, run);
    // A resolver takes an older one without a word when a dependency is missing from the index.
    if (!isProgress(got, from))
      throw new CodedError('MF_ERR_INTERNAL', 'The package index gave tools that are not newer. Nothing was changed.');
    await smokeTest(directory, signal);
    await writeVersions(directory, got);
    await markReady(directory);
    return got;
  } catch (error) {
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
}

async function installNewest(
  { directory, lockFile = findLockFile() }: UpdateOptions & { readonly directory: string },
  wanted: ToolVersions,
  { run, viaProxy }: Pick<Building, 'run' | 'viaProxy'>,
): Promise<void> {
  const pip = [
    '-m',
    'pip',
    'install',
    '--prefer-binary',
    '--no-input',
    '--disable-pip-version-check',
    '--quiet',
    ...viaProxy,
  ];
  const exact = (extra: string): string[] => [
    `yt-dlp${extra}==${wanted['yt-dlp']}`,
    `gallery-dl==${wanted['gallery-dl']}`,
  ];
  const python = join(directory, 'bin', 'python3');
  const whole = await run(python, ...pip, ...exact('[default]'));
  if (whole.exitCode === 0) return;
  // One pinned dependency that the index lacks must not hold the tools back: what they need, in any version.
  const { pins } = parseToolsLock(await readFile(lockFile, 'utf8'));
  const others = [...pins.keys()].filter((name) => !(UPDATED_TOOLS as readonly string[]).includes(name));
  const loose = await run(python, ...pip, ...exact(''), ...others);
  if (loose.exitCode !== 0) throw describePipFailure(loose);
}

function orOffline(error: unknown): undefined {
  if (error instanceof CodedError && error.code === 'MF_ERR_NETWORK') return undefined;
  throw error;
}

async function readHeld(tools: string): Promise<ToolVersions | undefined> {
  const text = await readFile(join(tools, HELD), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : parseVersions(text);
}

function same(held: ToolVersions | undefined, versions: ToolVersions): boolean {
  return held !== undefined && isNoOlder(held, new Map(Object.entries(versions)));
}

/** A folder of its own for each pair of versions, named like those of a lock file. */
function nameOf(versions: ToolVersions): string {
  const text = UPDATED_TOOLS.map((name) => `${name} ${versions[name]}`).join('\n');
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
