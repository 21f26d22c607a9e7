import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { matchLink } from '@mediafetcher/sdk';
import type { ConnectorManifest, LinkMatch, ProcessorManifest } from '@mediafetcher/sdk';
import { CodedError } from '../../errors.ts';
import { isReady, readPlugin } from './manifest-reader.ts';
import type { InstalledPlugin, PluginEntry } from './manifest-reader.ts';
import { PluginOptions } from './plugin-options.ts';

const LIST = 'plugins.json';
const DEFAULT_ORDER = 100;

export interface PluginRef {
  readonly id: string;
  readonly package: string;
}

/** What is installed, from plugins.json and the manifests. No plugin code runs in the server. */
export class PluginRegistry {
  readonly plugins: readonly InstalledPlugin[];
  readonly #connectors: ReadonlyMap<string, { readonly package: string; readonly manifest: ConnectorManifest }>;
  readonly #processors: readonly PluginRef[];
  /** Ids of what plugins.json switches off. */
  readonly offByDefault: ReadonlySet<string>;
  readonly options: PluginOptions = new PluginOptions((id) => this.connector(id).manifest);

  constructor(plugins: readonly InstalledPlugin[]) {
    this.plugins = plugins;
    const ready = plugins.filter(isReady);
    this.offByDefault = new Set(
      ready.flatMap(({ state, manifest }) => (state === 'disabled' && manifest !== undefined ? [manifest.id] : [])),
    );
    this.#connectors = new Map(
      ready.flatMap(({ package: name, manifest }) =>
        manifest?.kind === 'connector' ? [[manifest.id, { package: name, manifest }] as const] : [],
      ),
    );
    this.#processors = ready
      .flatMap(({ package: name, manifest }) => (manifest?.kind === 'processor' ? [{ package: name, manifest }] : []))
      .sort((a, b) => orderOf(a.manifest) - orderOf(b.manifest))
      .map(({ package: name, manifest }) => ({ id: manifest.id, package: name }));
  }

  /** Reads plugins.json, which stands in `folder` or above it. */
  static async load(folder: string, { officialOnly = false } = {}): Promise<PluginRegistry> {
    const { root, entries } = await readList(folder);
    const plugins = await Promise.all(entries.map((entry) => readPlugin(entry, root)));
    return new PluginRegistry(officialOnly ? plugins.map(leaveOut) : plugins);
  }

  /** Those that can be used, switched off or not. */
  get connectors(): readonly ConnectorManifest[] {
    return [...this.#connectors.values()].map(({ manifest }) => manifest);
  }

  /** Processors of a job, in their order. */
  processors(off: ReadonlySet<string> = this.offByDefault): readonly PluginRef[] {
    return this.#processors.filter(({ id }) => !off.has(id));
  }

  /** @throws MF_ERR_URL_UNSUPPORTED when it cannot be used */
  connector(id: string): PluginRef & { readonly manifest: ConnectorManifest } {
    const found = this.#connectors.get(id);
    if (found === undefined) throw new CodedError('MF_ERR_URL_UNSUPPORTED', `The plugin ${id} is not active.`);
    return { id, ...found };
  }

  /**
   * What an address is, without any network.
   * @throws MF_ERR_URL_INVALID · MF_ERR_URL_TOO_LONG · MF_ERR_URL_PRIVATE_HOST · MF_ERR_URL_UNSUPPORTED ·
   * MF_ERR_URL_NOT_A_SHORT · MF_ERR_PLATFORM_OFF
   */
  resolve(url: string, off: ReadonlySet<string> = this.offByDefault): LinkMatch {
    const result = matchLink(
      url,
      this.connectors.filter(({ id }) => !off.has(id)),
    );
    if (result.ok) return result.match;
    const idle = matchLink(
      url,
      this.connectors.filter(({ id }) => off.has(id)),
    );
    if (!idle.ok) throw new CodedError(result.code, result.message);
    const { displayName } = this.connector(idle.match.connector).manifest;
    throw new CodedError('MF_ERR_PLATFORM_OFF', `${displayName} is switched off here.`);
  }
}

/** Safe mode: what did not come with MediaFetcher is read and not used. */
function leaveOut(plugin: InstalledPlugin): InstalledPlugin {
  if (plugin.official || !isReady(plugin)) return plugin;
  return { ...plugin, state: 'failed', reason: 'Safe mode: only the plugins that come with MediaFetcher run.' };
}

function orderOf(manifest: ProcessorManifest): number {
  return manifest.order ?? DEFAULT_ORDER;
}

async function readList(folder: string): Promise<{ root: string; entries: PluginEntry[] }> {
  for (let root = folder; ; root = dirname(root)) {
    try {
      const list = JSON.parse(await readFile(join(root, LIST), 'utf8')) as { plugins: PluginEntry[] };
      return { root, entries: list.plugins };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    }
    if (dirname(root) === root) throw new Error(`${LIST} was not found in ${folder} or above it.`);
  }
}
