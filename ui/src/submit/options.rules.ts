/** One choice of a download, as a form shows it. */
export interface OptionField {
  readonly name: string;
  readonly kind: 'switch' | 'choice' | 'number' | 'text';
  /** As the plugin calls it. */
  readonly title: string;
  readonly hint: string;
  readonly value: unknown;
  readonly choices: readonly (string | number)[];
  readonly least?: number;
  readonly most?: number;
  readonly pattern?: string;
}

interface Property {
  readonly type?: unknown;
  readonly title?: unknown;
  readonly description?: unknown;
  readonly default?: unknown;
  readonly enum?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly pattern?: unknown;
  readonly appliesTo?: unknown;
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The fields of a connector's schema that are for addresses of this kind; what no form can show is left out. */
export function readOptionFields(schema: unknown, kind: string): OptionField[] {
  const { properties = {} } = Object(schema) as { properties?: Readonly<Record<string, Property>> };
  const meant = kind === 'share' ? 'post' : kind;
  return Object.entries(properties).flatMap(([name, property]) => {
    const { appliesTo } = property;
    if (Array.isArray(appliesTo) && !appliesTo.includes(meant)) return [];
    const field = fieldOf(property);
    return field ? [{ name, title: text(property.title) || name, hint: text(property.description), ...field }] : [];
  });
}

function fieldOf(property: Property): Pick<OptionField, 'kind' | 'value' | 'choices'> | undefined {
  const { type, default: value, enum: choices, minimum, maximum, pattern } = property;
  if (Array.isArray(choices)) {
    const known = choices.filter((choice) => typeof choice === 'string' || typeof choice === 'number');
    return { kind: 'choice', value, choices: known };
  }
  if (type === 'boolean') return { kind: 'switch', value: value === true, choices: [] };
  if (type === 'integer' || type === 'number') {
    const bounds = {
      ...(typeof minimum === 'number' && { least: minimum }),
      ...(typeof maximum === 'number' && { most: maximum }),
    };
    return { kind: 'number', value, choices: [], ...bounds };
  }
  if (type === 'string') return { kind: 'text', value, choices: [], ...(typeof pattern === 'string' && { pattern }) };
  return undefined;
}

/** What a person has chosen, without what is as it would be anyway. */
export function chosenOptions(
  fields: readonly OptionField[],
  chosen: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const differs = ({ name, value }: OptionField): boolean =>
    Object.hasOwn(chosen, name) && chosen[name] !== undefined && chosen[name] !== '' && chosen[name] !== value;
  return Object.fromEntries(fields.filter(differs).map(({ name }) => [name, chosen[name]]));
}

/** Tags as they are typed: with commas between them, with or without their sign. */
export const readTags = (typed: string): string[] => [
  ...new Set(
    typed
      .split(',')
      .map((tag) => tag.trim().replace(/^#+/, '').trim())
      .filter(Boolean),
  ),
];
