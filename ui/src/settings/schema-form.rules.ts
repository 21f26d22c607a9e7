/** One line of a form that is drawn from a JSON Schema. */
export interface FormField {
  readonly name: string;
  readonly kind: 'switch' | 'choice' | 'number' | 'text' | 'secret';
  readonly title: string;
  readonly hint: string;
  readonly choices: readonly unknown[];
  readonly whole: boolean;
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly initial: unknown;
}

type Json = Readonly<Record<string, unknown>>;
const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
const numberOf = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** The fields of an object's schema, in its order; what no field can be drawn for is left out, and keeps its value. */
export function fieldsOf(schema: unknown): FormField[] {
  const properties = isJson(schema) && isJson(schema['properties']) ? schema['properties'] : {};
  return Object.entries(properties).flatMap(([name, property]) => {
    const kind = isJson(property) ? kindOf(property) : undefined;
    if (!isJson(property) || kind === undefined) return [];
    return [
      {
        name,
        kind,
        title: textOf(property['title']) || name,
        hint: textOf(property['description']),
        choices: Array.isArray(property['enum']) ? property['enum'] : [],
        whole: property['type'] === 'integer',
        min: numberOf(property['minimum']),
        max: numberOf(property['maximum']),
        initial: property['default'],
      },
    ];
  });
}

function kindOf(property: Json): FormField['kind'] | undefined {
  if (property['secret'] === true) return 'secret';
  if (Array.isArray(property['enum'])) return 'choice';
  switch (property['type']) {
    case 'boolean':
      return 'switch';
    case 'integer':
    case 'number':
      return 'number';
    case 'string':
      return 'text';
    default:
      return undefined;
  }
}

/** What was typed as the schema wants it; nothing for an empty field, which follows the default. */
export function readField({ kind, choices }: FormField, typed: string): unknown {
  if (kind === 'choice') return choices[Number(typed)];
  const text = kind === 'secret' ? typed : typed.trim();
  if (text === '') return undefined;
  if (kind !== 'number') return text;
  const value = Number(text.replace(',', '.'));
  return Number.isFinite(value) ? value : text;
}
