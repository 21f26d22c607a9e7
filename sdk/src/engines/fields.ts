/** What a tool printed: read field by field, nothing in it is trusted to be there. */
export type ToolDocument = Readonly<Record<string, unknown>>;

/** The object in a field; an empty one when there is none. */
export function readObject(document: ToolDocument, name: string): ToolDocument {
  const value = document[name];
  // Narrowed to an object that is no list.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as ToolDocument) : {};
}

/** The objects of a list in a field. */
export function readObjects(document: ToolDocument, name: string): readonly ToolDocument[] {
  const value: unknown = document[name];
  if (!Array.isArray(value)) return [];
  // As above.
  return value.filter((entry): entry is ToolDocument => typeof entry === 'object' && entry !== null);
}

/** The first of the fields that holds a text, or a number as text; a number too large to be exact is left out. */
export function readText(document: ToolDocument, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = document[name];
    if (typeof value === 'string' && value.trim() !== '') return value;
    if (typeof value === 'number' && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return String(value);
  }
  return undefined;
}

/** The first of the fields that holds a number above zero (a text of digits counts). */
export function readNumber(document: ToolDocument, ...names: readonly string[]): number | undefined {
  for (const name of names) {
    const value = document[name];
    const number = typeof value === 'string' && /^\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isFinite(number) && number > 0) return number;
  }
  return undefined;
}

/** Hashtags in the texts, each once, without `#`, as written; a number alone is none. */
export function findHashtags(...texts: readonly (string | undefined)[]): readonly string[] | undefined {
  const found = texts.flatMap((text) => [...(text ?? '').matchAll(/(?<![\p{L}\p{N}_/&])[#＃]([\p{L}\p{M}\p{N}_]+)/gu)]);
  const tags = [...new Set(found.map((match) => match[1] ?? ''))].filter((tag) => !/^[\d_]*$/.test(tag));
  return tags.length === 0 ? undefined : tags;
}

/** ISO 8601 of seconds since 1970; undefined when there is none, or no such time. */
export function formatSeconds(seconds: number | undefined): string | undefined {
  if (seconds === undefined || seconds > 8_640_000_000_000) return undefined;
  return new Date(seconds * 1000).toISOString();
}

/** ISO 8601 of `2023-11-14 22:13:20` or `20231114`, both UTC. */
export function formatDate(text: string | undefined): string | undefined {
  const parts = /^(\d{4})-?(\d\d)-?(\d\d)(?:[ T](\d\d:\d\d:\d\d))?/.exec(text ?? '');
  if (parts === null) return undefined;
  const date = new Date(`${parts[1] ?? ''}-${parts[2] ?? ''}-${parts[3] ?? ''}T${parts[4] ?? '00:00:00'}Z`);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

/** The fields that may be undefined, made optional. */
export type Compact<T> = { [Name in keyof T as undefined extends T[Name] ? never : Name]: T[Name] } & {
  [Name in keyof T as undefined extends T[Name] ? Name : never]?: Exclude<T[Name], undefined>;
};

/** Leaves out the fields that hold nothing. */
export function compact<T extends object>(fields: T): Compact<T> {
  // What is undefined is filtered out here: the type says the same.
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Compact<T>;
}
