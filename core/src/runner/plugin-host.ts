import type { Connector, ConnectorManifest, PluginManifest, Processor } from '@mediafetcher/sdk';
import { PluginError } from '@mediafetcher/sdk';
import type { PluginRef } from '../channel/runner-messages.ts';
import { broken, findPluginPackage } from './plugin-package.ts';

/** A plugin's code with the manifest that bounds it. */
export interface Loaded<Code, Manifest> {
  readonly code: Code;
  readonly manifest: Manifest;
}

/** Imports the connector of this job. @throws MF_ERR_PLUGIN */
export async function loadConnector(
  ref: PluginRef,
  pluginDirectory: string,
): Promise<Loaded<Connector, ConnectorManifest>> {
  const { code, manifest } = await loadPlugin(ref, pluginDirectory);
  if (manifest.kind !== 'connector' || !hasMethods(code, ['probe', 'fetch'])) throw broken(ref, 'is no connector');
  // Its methods have just been looked at; what they return is checked when they do.
  return { code: code as unknown as Connector, manifest };
}

/** Imports a processor of this job. @throws MF_ERR_PLUGIN */
export async function loadProcessor(
  ref: PluginRef,
  pluginDirectory: string,
): Promise<Loaded<Processor, PluginManifest>> {
  const { code, manifest } = await loadPlugin(ref, pluginDirectory);
  if (manifest.kind !== 'processor' || !hasMethods(code, ['accepts', 'process'])) throw broken(ref, 'is no processor');
  // As above.
  return { code: code as unknown as Processor, manifest };
}

async function loadPlugin(ref: PluginRef, pluginDirectory: string): Promise<Loaded<object, PluginManifest>> {
  const { entry, manifest } = await findPluginPackage(ref, pluginDirectory);
  let module: unknown;
  try {
    module = await import(entry);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'no reason was given';
    throw new PluginError('MF_ERR_PLUGIN', `The plugin ${ref.id} could not be loaded: ${reason}`, { cause });
  }
  const code = typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined;
  if (typeof code !== 'object' || code === null) throw broken(ref, 'has no default export');
  return { code, manifest };
}

function hasMethods(code: object, names: readonly string[]): boolean {
  return names.every((name) => name in code && typeof code[name as keyof typeof code] === 'function');
}
