import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import semver from 'semver';
import { validateManifest } from '@mediafetcher/sdk';
import type { PluginManifest } from '@mediafetcher/sdk';

/** The plugin API's version: what a manifest's `engines.mediafetcher` must include. */
export const PLUGIN_API_VERSION = '0.1.0';

export const PluginState = {
  active: 'active',
  disabled: 'disabled',
  incompatible: 'incompatible',
  failed: 'failed',
  missing: 'missing',
} as const;
export type PluginState = (typeof PluginState)[keyof typeof PluginState];

/** Scope of the packages that come with MediaFetcher. */
const OFFICIAL = '@mediafetcher/';

/** What plugins.json says of one plugin. */
export interface PluginEntry {
  readonly package: string;
  readonly enabled: boolean;
}

export interface InstalledPlugin {
  readonly package: string;
  readonly state: PluginState;
  /** Why it is not active. */
  readonly reason?: string;
  readonly manifest?: PluginManifest;
  /** Of the package. */
  readonly version?: string;
  /** What the package says of itself, in a sentence. */
  readonly description?: string;
  /** Came with MediaFetcher. */
  readonly official: boolean;
}

/** How people and the API name it; a package that cannot be read has no id. */
export function pluginId({ manifest, package: name }: InstalledPlugin): string {
  return manifest?.id ?? name;
}

/** Whether it can be switched on and off. */
export function isReady({ state }: InstalledPlugin): boolean {
  return state === 'active' || state === 'disabled';
}

/** Reads one plugin's manifest without running any of its code. */
export async function readPlugin(entry: PluginEntry, root: string): Promise<InstalledPlugin> {
  const named = { package: entry.package, official: entry.package.startsWith(OFFICIAL) };
  const found = await readPackageJson(entry.package, root);
  if (found === undefined) return { ...named, state: 'missing', reason: 'The package is not installed.' };
  const description = parseDescription(found);
  const known = { ...named, ...textsOf(description) };
  const checked = validateManifest(description['mediafetcher']);
  if (!checked.ok) return { ...known, state: 'failed', reason: checked.problems.join(' ') };
  const { manifest } = checked;
  const range = manifest.engines.mediafetcher;
  if (!semver.satisfies(PLUGIN_API_VERSION, range)) {
    const reason = `It wants MediaFetcher ${range}; this is ${PLUGIN_API_VERSION}.`;
    return { ...known, state: 'incompatible', reason, manifest };
  }
  return { ...known, state: entry.enabled ? 'active' : 'disabled', manifest };
}

/** A package.json; empty when the file is broken, which is the plugin's failure alone. */
function parseDescription(packageJson: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(packageJson);
    return typeof parsed === 'object' && parsed !== null ? { ...parsed } : {};
  } catch {
    return {};
  }
}

function textsOf({ version, description }: Readonly<Record<string, unknown>>) {
  return {
    ...(typeof version === 'string' && { version }),
    ...(typeof description === 'string' && { description }),
  };
}

/** Looks where Node would look, from `root` upwards; `exports` of the package do not hide its package.json. */
async function readPackageJson(name: string, root: string): Promise<string | undefined> {
  for (let folder = root; ; folder = dirname(folder)) {
    try {
      return await readFile(join(folder, 'node_modules', name, 'package.json'), 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    if (dirname(folder) === folder) return undefined;
  }
}
