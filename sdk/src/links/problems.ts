/** Small readers of unknown JSON; each notes what is wrong instead of throwing. */
export type Fields = Readonly<Record<string, unknown>>;

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Collects the problems of a document, each as `where: what`. */
export class Problems {
  readonly list: string[] = [];

  note(where: string, what: string): void {
    this.list.push(`${where}: ${what}`);
  }

  text(fields: Fields, name: string, where: string, maxLength: number): string | undefined {
    const value = fields[name];
    if (typeof value === 'string' && value !== '' && value.length <= maxLength) return value;
    this.note(`${where}.${name}`, `must be a text of 1 to ${maxLength} characters`);
    return undefined;
  }

  oneOf(fields: Fields, name: string, where: string, allowed: readonly string[]): void {
    const value = fields[name];
    if (typeof value !== 'string' || !allowed.includes(value)) {
      this.note(`${where}.${name}`, `must be one of ${allowed.join(', ')}`);
    }
  }

  optionalText(fields: Fields, name: string, where: string, maxLength: number): void {
    if (fields[name] !== undefined) this.text(fields, name, where, maxLength);
  }

  texts(fields: Fields, name: string, where: string, allowed?: readonly string[]): readonly string[] {
    const value: unknown = fields[name];
    if (
      Array.isArray(value) &&
      value.every((entry) => typeof entry === 'string' && (allowed?.includes(entry) ?? true))
    ) {
      return value.filter((entry) => typeof entry === 'string');
    }
    this.note(
      `${where}.${name}`,
      allowed === undefined ? 'must be a list of texts' : `must be a list of ${allowed.join(', ')}`,
    );
    return [];
  }

  optionalBoolean(fields: Fields, name: string, where: string): void {
    if (fields[name] !== undefined && typeof fields[name] !== 'boolean')
      this.note(`${where}.${name}`, 'must be true or false');
  }

  /** A JSON Schema of an object, as forms are drawn from it. */
  optionalSchema(fields: Fields, name: string, where: string): void {
    const value = fields[name];
    if (value === undefined) return;
    const properties = isFields(value) ? value['properties'] : undefined;
    if (!isFields(value) || value['type'] !== 'object' || !isFields(properties)) {
      this.note(`${where}.${name}`, 'must be a JSON Schema with type "object" and properties');
    }
  }
}
