import { readFile } from 'node:fs/promises';
import { findPackageJSON } from 'node:module';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { PluginManifest } from '@mediafetcher/sdk';
import { PluginError } from '@mediafetcher/sdk';
import type { PluginRef } from '../channel/runner-messages.ts';

/** Where a plugin's code is, and what its package says of it. */
export interface PluginPackage {
  /** Address to import. */
  readonly entry: string;
  readonly manifest: PluginManifest;
}

/**
 * Finds a plugin by its package name from the project, or by an absolute path or file address below the folder
 * of installed plugins. @throws MF_ERR_PLUGIN
 */
export async function findPluginPackage(ref: PluginRef, pluginDirectory: string): Promise<PluginPackage> {
  const path = ref.package.startsWith('file:') ? fileURLToPath(ref.package) : ref.package;
  if (!isAbsolute(path)) {
    const packageFile = findPackage(path);
    if (packageFile === undefined) throw broken(ref, 'is not installed');
    return { entry: import.meta.resolve(path), manifest: readManifest(ref, await readDescription(ref, packageFile)) };
  }
  if (!isInside(pluginDirectory, path)) throw broken(ref, 'does not lie in the folder of plugins');
  const description = await readDescription(ref, resolve(path, 'package.json'));
  const entry = resolve(path, readEntry(description));
  if (!isInside(path, entry)) throw broken(ref, 'names an entry outside its own folder');
  return { entry: pathToFileURL(entry).href, manifest: readManifest(ref, description) };
}

/** A failure of the plugin's package, in words. */
export function broken(ref: PluginRef, what: string): PluginError {
  return new PluginError('MF_ERR_PLUGIN', `The plugin ${ref.id} ${what}.`);
}

function findPackage(name: string): string | undefined {
  try {
    return findPackageJSON(name, import.meta.url);
  } catch {
    // Node throws where it cannot resolve the name.
    return undefined;
  }
}

async function readDescription(ref: PluginRef, packageFile: string): Promise<object> {
  try {
    const description: unknown = JSON.parse(await readFile(packageFile, 'utf8'));
    if (typeof description === 'object' && description !== null) return description;
  } catch (cause) {
    throw new PluginError('MF_ERR_PLUGIN', `The plugin ${ref.id} has no readable package.json.`, { cause });
  }
  throw broken(ref, `has a package.json that says nothing (${dirname(packageFile)})`);
}

function readManifest(ref: PluginRef, description: object): PluginManifest {
  const manifest = 'mediafetcher' in description ? description.mediafetcher : undefined;
  if (typeof manifest !== 'object' || manifest === null || !('id' in manifest) || manifest.id !== ref.id) {
    throw broken(ref, 'has no manifest of that id');
  }
  // The server validated the manifest when it listed the plugin.
  return manifest as PluginManifest;
}

/** The part of Node's rules that plugin packages use: `exports` of the package itself, else `main`. */
function readEntry(description: object): string {
  let target: unknown = 'exports' in description ? description.exports : undefined;
  for (const key of ['.', 'import', 'default']) {
    if (typeof target === 'object' && target !== null && key in target) target = target[key as keyof typeof target];
  }
  if (typeof target === 'string') return target;
  return 'main' in description && typeof description.main === 'string' ? description.main : 'index.js';
}

function isInside(directory: string, path: string): boolean {
  const inside = relative(resolve(directory), resolve(path));
  return inside !== '' && inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside);
}
