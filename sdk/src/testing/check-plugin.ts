import { readFile } from 'node:fs/promises';
import { isFields } from '../links/problems.ts';
import { validateManifest } from '../links/index.ts';
import type { ConnectorManifest, PluginManifest } from '../manifest.ts';

/** Reads the manifest out of a plugin's package.json. @throws Error with every problem of it */
export async function readManifest(packageJson: URL): Promise<PluginManifest> {
  const fields: unknown = JSON.parse(await readFile(packageJson, 'utf8'));
  const result = validateManifest(isFields(fields) ? fields['mediafetcher'] : undefined);
  if (!result.ok) throw new Error(result.problems.join('\n'));
  return result.manifest;
}

/** {@link readManifest} of a connector. @throws Error when it is a processor */
export async function readConnectorManifest(packageJson: URL): Promise<ConnectorManifest> {
  const manifest = await readManifest(packageJson);
  if (manifest.kind !== 'connector') throw new Error(`${manifest.id} is no connector`);
  return manifest;
}

/**
 * Checks a plugin's folder as the host does before it is used: package.json, manifest, icon, and the default export of
 * its entry. Returns the problems; none is a pass.
 */
export async function checkPlugin(packageJson: URL): Promise<readonly string[]> {
  const fields: unknown = JSON.parse(await readFile(packageJson, 'utf8'));
  if (!isFields(fields)) return ['package.json: must be an object'];
  const result = validateManifest(fields['mediafetcher']);
  if (!result.ok) return result.problems;
  return [
    ...checkPackage(fields),
    ...(await checkIcon(result.manifest, packageJson)),
    ...(await checkEntry(fields, result.manifest, packageJson)),
  ];
}

function checkPackage(fields: Readonly<Record<string, unknown>>): readonly string[] {
  const keywords: unknown = fields['keywords'];
  const tagged = Array.isArray(keywords) && keywords.includes('mediafetcher-plugin');
  return [
    ...(tagged ? [] : ['package.json: the keyword mediafetcher-plugin is missing']),
    ...(fields['type'] === 'module' ? [] : ['package.json: type must be module']),
  ];
}

async function checkIcon(manifest: PluginManifest, packageJson: URL): Promise<readonly string[]> {
  if (manifest.icon === undefined) return [];
  const svg = await readFile(new URL(manifest.icon, packageJson), 'utf8').catch(() => '');
  return svg.startsWith('<svg') && !/<script|\bon\w+=|href=/i.test(svg)
    ? []
    : [`${manifest.icon}: no plain SVG picture`];
}

async function checkEntry(
  fields: Readonly<Record<string, unknown>>,
  manifest: PluginManifest,
  packageJson: URL,
): Promise<readonly string[]> {
  const exported = readEntry(fields['exports']);
  if (exported === undefined) return ['package.json: exports names no entry'];
  const module: unknown = await import(new URL(exported, packageJson).href);
  const plugin = typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
  const wanted = manifest.kind === 'connector' ? ['probe', 'fetch'] : ['accepts', 'process'];
  return wanted
    .filter((name) => !isFields(plugin) || typeof plugin[name] !== 'function')
    .map((name) => `${exported}: the default export has no ${name}()`);
}

/** The package's own entry: a path, or what the conditions `import` and `default` lead to. */
function readEntry(exports: unknown): string | undefined {
  if (typeof exports === 'string') return exports;
  if (!isFields(exports)) return undefined;
  return readEntry(exports['.'] ?? exports['import'] ?? exports['default']);
}
