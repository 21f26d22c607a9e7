import type { Model } from 'mongoose';
import { CodedError } from '../../errors.ts';
import { pluginId, SchemaValues } from '../plugins/index.ts';
import type { PluginRef, PluginsService } from '../plugins/index.ts';
import { sealedField } from '../vault/index.ts';
import type { VaultService } from '../vault/index.ts';
import type { PluginSettingsDoc } from './model.ts';
import { mergeSecrets, secretNamesOf, splitSecrets } from './secrets.rules.ts';

type Values = Readonly<Record<string, unknown>>;

/** What an admin sees of a plugin's settings. */
export interface SettingsView {
  readonly id: string;
  /** JSON Schema: the form is drawn from it. */
  readonly schema: object;
  /** With the defaults; secrets are not among them. */
  readonly values: Values;
  /** Names of the secrets that are set. */
  readonly secrets: readonly string[];
}

interface Dependencies {
  readonly model: Model<PluginSettingsDoc>;
  readonly plugins: Pick<PluginsService, 'list'>;
  readonly vault: Pick<VaultService, 'seal' | 'open' | 'sealedValues'>;
}

const contextOf = (id: string): string => `plugin-settings:${id}`;

/** What admins set for plugins, by the schema in each manifest; secrets are sealed. The same for every server. */
export class PluginSettings {
  readonly #deps: Dependencies;
  readonly #schemas = new SchemaValues('settings');

  constructor(dependencies: Dependencies) {
    this.#deps = dependencies;
    const field = { path: 'sealed', read: ({ sealed }: PluginSettingsDoc) => sealed };
    dependencies.vault.sealedValues.push(
      sealedField(dependencies.model, { ...field, contextOf: ({ _id }) => contextOf(_id) }),
    );
  }

  /** @throws MF_ERR_UNKNOWN for a plugin that is not there, or has nothing to set */
  async view(id: string): Promise<SettingsView> {
    const schema = await this.#schemaOf(id);
    if (schema === undefined) throw new CodedError('MF_ERR_UNKNOWN', `The plugin ${id} has nothing to set.`);
    const stored = await this.#read(id);
    const { plain } = splitSecrets(this.#fitting(schema, stored), secretNamesOf(schema));
    return { id, schema, values: plain, secrets: Object.keys(stored.sealed) };
  }

  /**
   * Takes the place of what was set. A secret that is not among the values stays; one that is null goes.
   * @throws MF_ERR_UNKNOWN · MF_ERR_VALIDATION
   */
  async change(id: string, values: Values, by: string): Promise<SettingsView> {
    const { schema } = await this.view(id);
    const given = splitSecrets(values, secretNamesOf(schema));
    const sealed = mergeSecrets((await this.#read(id)).sealed, given.sealed);
    this.#schemas.complete(schema, { ...given.plain, ...sealed });
    const secret = Object.keys(sealed).length > 0;
    await this.#deps.model.updateOne(
      { _id: id },
      {
        $set: {
          values: given.plain,
          changedAt: new Date(),
          changedBy: by,
          ...(secret && { sealed: await this.#deps.vault.seal(JSON.stringify(sealed), contextOf(id)) }),
        },
        ...(!secret && { $unset: { sealed: 1 } }),
      },
      { upsert: true },
    );
    return this.view(id);
  }

  /** Values for the plugins of a job, by their ids. @param options.secrets false where the way to the worker is not confidential */
  async forJob(plugins: readonly PluginRef[], { secrets }: { secrets: boolean }): Promise<Record<string, Values>> {
    const found: Record<string, Values> = {};
    for (const { id } of plugins) {
      const schema = await this.#schemaOf(id);
      if (schema === undefined) continue;
      const values = this.#fitting(schema, await this.#read(id));
      found[id] = secrets ? values : splitSecrets(values, secretNamesOf(schema)).plain;
    }
    return found;
  }

  /** What was set, with the defaults; alone the defaults where a newer version of the plugin takes it no more. */
  #fitting(schema: object, { plain, sealed }: { plain: Values; sealed: Values }): Values {
    for (const values of [{ ...plain, ...sealed }, sealed]) {
      try {
        return this.#schemas.complete(schema, values);
      } catch {
        // The next ones fit better, or nothing does.
      }
    }
    return {};
  }

  async #read(id: string): Promise<{ plain: Values; sealed: Values }> {
    const stored = await this.#deps.model.findById(id).lean();
    if (stored?.sealed === undefined) return { plain: stored?.values ?? {}, sealed: {} };
    // Sealed by this class: only it knows the context. Under a key that is gone they are as good as not set.
    const text = await this.#deps.vault.open(stored.sealed, contextOf(id)).catch(() => '{}');
    return { plain: stored.values, sealed: JSON.parse(text) as Values };
  }

  async #schemaOf(id: string): Promise<object | undefined> {
    const found = (await this.#deps.plugins.list()).find((plugin) => pluginId(plugin) === id);
    return found?.manifest?.settings;
  }
}
