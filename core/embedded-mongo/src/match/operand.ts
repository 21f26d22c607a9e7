import type { Doc, Value } from '../bson/values.ts';

/** Names of a DBRef's fields, which are no operators. */
export const dbRef: ReadonlySet<string> = new Set(['$ref', '$id', '$db']);

/** Whether a document is operators rather than a value to equal. */
export function isOperators(value: Value): value is Doc {
  if (!(value instanceof Map)) return false;
  const first = value.keys().next();
  return !first.done && first.value.startsWith('$') && !dbRef.has(first.value);
}
