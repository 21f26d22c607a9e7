import type { Doc, Value } from '../bson/values.ts';

const dbRef = new Set(['$ref', '$id', '$db']);

/** Whether a document is operators rather than a value to equal. */
export function isOperators(value: Value): value is Doc {
  if (!(value instanceof Map)) return false;
  const first = value.keys().next();
  return !first.done && first.value.startsWith('$') && !dbRef.has(first.value);
}
