/** Names of the properties whose values are kept sealed and never shown. */
export function secretNamesOf(schema: object): ReadonlySet<string> {
  const properties: unknown = 'properties' in schema ? schema.properties : undefined;
  if (typeof properties !== 'object' || properties === null) return new Set();
  const isSecret = (property: unknown): boolean =>
    typeof property === 'object' && property !== null && 'secret' in property && property.secret === true;
  return new Set(Object.entries(properties).flatMap(([name, property]) => (isSecret(property) ? [name] : [])));
}

type Values = Readonly<Record<string, unknown>>;

/** What may be shown, and what may not. */
export function splitSecrets(values: Values, secrets: ReadonlySet<string>): { plain: Values; sealed: Values } {
  const entries = Object.entries(values);
  return {
    plain: Object.fromEntries(entries.filter(([name]) => !secrets.has(name))),
    sealed: Object.fromEntries(entries.filter(([name]) => secrets.has(name))),
  };
}

/** A form that comes back: its secrets are those that were typed anew, null where one is to go; the others stay. */
export function mergeSecrets(known: Values, given: Values): Values {
  const merged = { ...known, ...given };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value !== null));
}
