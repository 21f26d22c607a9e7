import { dirname, join } from 'node:path';
import type { ToolId } from '../failure/tool-run.ts';
import { managedProgram, toolsDirectoryOf } from '../managed/folders.ts';
import { buildChildEnvironment } from '../process/child-environment.ts';
import { runProcess } from '../process/run-process.ts';
import { TOOL_FIELDS, findTool } from '../tool-context.ts';
import type { ToolPaths } from '../tool-context.ts';
import { chooseCandidate } from './choose-candidate.ts';
import type { Candidate, ToolSource } from './choose-candidate.ts';
import { findOnPath, identifyProgram } from './find-program.ts';
import { VERSION_ARGUMENTS, parseVersion } from './parse-version.ts';
import { openVersionCache } from './version-cache.ts';
import type { VersionCache } from './version-cache.ts';

/** Where to look; the paths are the owner's settings. */
export interface LocateConfig extends ToolPaths {
  readonly dataDir: string;
  /** @default the process's PATH */
  readonly searchPath?: string;
}

export interface LocatedTool {
  readonly name: ToolId;
  /** Where it is, or where the setting says it is. */
  readonly path?: string;
  readonly version?: string;
  readonly source: ToolSource;
  /** It is there and tells its version. */
  readonly found: boolean;
}

const TIMEOUT_MS = 20_000;

/** Finds the outside programs. Each version is asked once for each file; a later start of the server starts none of them. */
export async function locateTools(config: LocateConfig): Promise<LocatedTool[]> {
  const cache = await openVersionCache(toolsDirectoryOf(config.dataDir));
  const names = Object.keys(TOOL_FIELDS) as ToolId[]; // The record's own keys.
  const tools = await Promise.all(names.map((name) => locateTool(name, config, cache)));
  await cache.save();
  return tools;
}

/** The programs that were found, as {@link createTools} takes them. */
export function toolPathsOf(tools: readonly LocatedTool[]): ToolPaths {
  return Object.fromEntries(tools.flatMap(({ name, path, found }) => (found ? [[TOOL_FIELDS[name], path]] : [])));
}

async function locateTool(name: ToolId, config: LocateConfig, cache: VersionCache): Promise<LocatedTool> {
  const places = await listPlaces(name, config);
  const candidates = await Promise.all(
    places.map(async ({ source, path }): Promise<Candidate> => {
      const version = await askVersion(name, path, cache);
      return { source, path, ...(version !== undefined && { version }) };
    }),
  );
  const chosen = chooseCandidate(candidates);
  if (chosen === undefined) return { name, source: 'path', found: false };
  return { name, ...chosen, found: chosen.version !== undefined };
}

async function listPlaces(name: ToolId, config: LocateConfig): Promise<readonly Omit<Candidate, 'version'>[]> {
  const setting = findTool(config, name) ?? (await besideFfmpeg(name, config));
  if (setting !== undefined) return [{ source: 'setting', path: setting }];
  const onPath = await findOnPath(name, config.searchPath ?? process.env['PATH'] ?? '');
  return [
    ...(onPath === undefined ? [] : [{ source: 'path' as const, path: onPath }]),
    { source: 'managed' as const, path: managedProgram(config.dataDir, name) },
  ];
}

/** Who names an ffmpeg of their own means its ffprobe too. */
async function besideFfmpeg(name: ToolId, { ffmpeg }: LocateConfig): Promise<string | undefined> {
  if (name !== 'ffprobe' || ffmpeg === undefined) return undefined;
  const sibling = join(dirname(ffmpeg), 'ffprobe');
  return (await identifyProgram(sibling)) === undefined ? undefined : sibling;
}

async function askVersion(name: ToolId, path: string, cache: VersionCache): Promise<string | undefined> {
  const file = await identifyProgram(path);
  if (file === undefined) return undefined;
  const known = cache.get(file);
  if (known !== undefined) return known;
  const { stdout } = await runProcess({
    file: path,
    arguments: VERSION_ARGUMENTS[name],
    environment: buildChildEnvironment(process.env),
    signal: new AbortController().signal,
    timeoutMs: TIMEOUT_MS,
    killSignal: 'SIGKILL',
  });
  const version = parseVersion(name, stdout);
  if (version !== undefined) cache.set(file, version);
  return version;
}
