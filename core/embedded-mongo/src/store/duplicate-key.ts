import { mongoError } from '../errors.ts';
import type { MongoError } from '../errors.ts';
import type { Doc, Value } from '../bson/values.ts';
import { shellText } from './shell-text.ts';

/** Error 11000 with the exact text, keyPattern and keyValue that mongoose and agenda read. */
export function duplicateKey(
  namespace: string,
  index: { readonly name: string; readonly key: Doc },
  values: readonly (Value | undefined)[],
): MongoError {
  const paths = [...index.key.keys()];
  const keyValue: Doc = new Map(paths.map((path, at): [string, Value] => [path, values[at] ?? null]));
  const text = paths.map((path) => `${path}: ${shellText(keyValue.get(path) ?? null)}`).join(', ');
  return mongoError(
    'DuplicateKey',
    `E11000 duplicate key error collection: ${namespace} index: ${index.name} dup key: { ${text} }`,
    new Map<string, Value>([
      ['keyPattern', index.key],
      ['keyValue', keyValue],
    ]),
  );
}
