import type { ConnectorManifest, LinkKind } from '@mediafetcher/sdk';
import { CodedError } from '../../errors.ts';
import { SchemaValues } from './schema-values.ts';

type Options = Readonly<Record<string, unknown>>;
type Schema = { readonly properties?: Readonly<Record<string, { readonly appliesTo?: readonly LinkKind[] }>> };

/** What a person can choose for a download, by its connector's schema and the kind of its address. */
export class PluginOptions {
  readonly #manifestOf: (connector: string) => ConnectorManifest;
  readonly #values = new SchemaValues('options');
  readonly #schemas = new Map<string, Schema>();

  constructor(manifestOf: (connector: string) => ConnectorManifest) {
    this.#manifestOf = manifestOf;
  }

  /** The options with the schema's defaults. @throws MF_ERR_VALIDATION */
  validate(connector: string, kind: LinkKind, options: Options): Record<string, unknown> {
    const manifest = this.#manifestOf(connector);
    if (manifest.options !== undefined) return this.#values.complete(this.#schemaOf(connector, kind), options);
    if (Object.keys(options).length > 0)
      throw new CodedError('MF_ERR_VALIDATION', `${manifest.displayName} has no options.`);
    return {};
  }

  /** Those that there are for addresses of this kind. */
  pick(connector: string, kind: LinkKind, options: Options): Record<string, unknown> {
    const { properties = {} } = this.#schemaOf(connector, kind);
    return Object.fromEntries(Object.entries(options).filter(([name]) => Object.hasOwn(properties, name)));
  }

  #schemaOf(connector: string, kind: LinkKind): Schema {
    const id = `${kind} ${connector}`;
    const schema = this.#schemas.get(id) ?? schemaFor(kind, this.#manifestOf(connector).options ?? {});
    this.#schemas.set(id, schema);
    return schema;
  }
}

/** The schema without what is not for addresses of this kind. A share link leads to a post. */
export function schemaFor(kind: LinkKind, schema: Schema): Schema {
  const meant = kind === 'share' ? 'post' : kind;
  const properties = Object.entries(schema.properties ?? {}).filter(
    ([, { appliesTo }]) => appliesTo === undefined || appliesTo.includes(meant),
  );
  return { ...schema, properties: Object.fromEntries(properties) };
}
