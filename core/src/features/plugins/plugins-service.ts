import { EventEmitter } from 'node:events';
import type { ConnectorManifest, LinkKind, LinkMatch } from '@mediafetcher/sdk';
import { CodedError } from '../../errors.ts';
import { isReady, pluginId } from './manifest-reader.ts';
import type { InstalledPlugin } from './manifest-reader.ts';
import type { PluginRef, PluginRegistry } from './registry.ts';
import type { PluginSwitches } from './switches.ts';

interface PluginEvents {
  /** A person has switched this plugin on or off, on this server. */
  change: [{ id: string }];
}

/** The plugins that are here and which of them people want; switches count from the next question on, for every server. */
export class PluginsService {
  readonly events: EventEmitter<PluginEvents> = new EventEmitter<PluginEvents>().setMaxListeners(0);
  readonly #registry: PluginRegistry;
  readonly #switches: PluginSwitches;

  constructor(registry: PluginRegistry, switches: PluginSwitches) {
    this.#registry = registry;
    this.#switches = switches;
  }

  /** Those that can be used, switched off or not. */
  get connectors(): readonly ConnectorManifest[] {
    return this.#registry.connectors;
  }

  /** @throws MF_ERR_URL_UNSUPPORTED when it cannot be used */
  connector(id: string): PluginRef & { readonly manifest: ConnectorManifest } {
    return this.#registry.connector(id);
  }

  /** @throws MF_ERR_VALIDATION */
  validateOptions(
    connector: string,
    kind: LinkKind,
    options: Readonly<Record<string, unknown>>,
  ): Record<string, unknown> {
    return this.#registry.options.validate(connector, kind, options);
  }

  /** Those of the options that there are for addresses of this kind: what a list hands on to its posts. */
  optionsFor(connector: string, kind: LinkKind, options: Readonly<Record<string, unknown>>): Record<string, unknown> {
    return this.#registry.options.pick(connector, kind, options);
  }

  /** @throws MF_ERR_URL_… · MF_ERR_PLATFORM_OFF */
  async resolve(url: string): Promise<LinkMatch> {
    return this.#registry.resolve(url, await this.off());
  }

  /** Processors of a job that begins now, in their order. */
  async processors(): Promise<readonly PluginRef[]> {
    return this.#registry.processors(await this.off());
  }

  /** Ids of the plugins that are switched off. */
  async off(): Promise<ReadonlySet<string>> {
    return this.#switches.off(this.#registry.offByDefault);
  }

  /** Everything that plugins.json names, as it is now. */
  async list(): Promise<readonly InstalledPlugin[]> {
    const off = await this.off();
    return this.#registry.plugins.map((plugin) =>
      isReady(plugin) ? { ...plugin, state: off.has(pluginId(plugin)) ? 'disabled' : 'active' } : plugin,
    );
  }

  /**
   * Switches a plugin. What runs ends as it began; what waits is held, or goes on.
   * @param by a person's id, or `cli`
   * @throws MF_ERR_UNKNOWN · MF_ERR_STATE for a plugin that cannot be used
   */
  async setEnabled(id: string, enabled: boolean, by: string): Promise<InstalledPlugin> {
    const found = this.#registry.plugins.find((plugin) => pluginId(plugin) === id);
    if (found === undefined) throw new CodedError('MF_ERR_UNKNOWN', `There is no plugin ${id}.`);
    if (!isReady(found)) throw new CodedError('MF_ERR_STATE', `The plugin ${id} cannot be used. ${found.reason ?? ''}`);
    await this.#switches.set(id, enabled, by);
    this.events.emit('change', { id });
    return { ...found, state: enabled ? 'active' : 'disabled' };
  }
}
