import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { compareVersions } from '../locate/compare-versions.ts';

/** Tools that are kept current. */
export const UPDATED_TOOLS = ['yt-dlp', 'gallery-dl'] as const;
export type UpdatedTool = (typeof UPDATED_TOOLS)[number];

export type ToolVersions = Readonly<Record<UpdatedTool, string>>;

const FILE = 'tools.json';

/** What an update has put into an environment. */
export async function writeVersions(directory: string, versions: ToolVersions): Promise<void> {
  await writeFile(join(directory, FILE), JSON.stringify(versions));
}

/** Undefined for an environment that no update has made. */
export async function readVersions(directory: string): Promise<ToolVersions | undefined> {
  try {
    return parseVersions(await readFile(join(directory, FILE), 'utf8'));
  } catch {
    return undefined; // Made from the lock file, or not there.
  }
}

export function parseVersions(text: string): ToolVersions | undefined {
  const value: unknown = JSON.parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  // Two texts, as the next line sees to.
  const versions = value as ToolVersions;
  return UPDATED_TOOLS.every((name) => typeof versions[name] === 'string') ? versions : undefined;
}

/** True when no tool is older than in the other list. */
export function isNoOlder(versions: ToolVersions, others: ReadonlyMap<string, string>): boolean {
  return UPDATED_TOOLS.every((name) => compareVersions(versions[name], others.get(name) ?? '') >= 0);
}

/** True when one tool is newer, and none older. */
export function isProgress(versions: ToolVersions, present: ToolVersions): boolean {
  const steps = UPDATED_TOOLS.map((name) => compareVersions(versions[name], present[name]));
  return steps.every((step) => step >= 0) && steps.some((step) => step > 0);
}
