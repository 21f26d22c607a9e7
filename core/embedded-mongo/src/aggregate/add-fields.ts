import { MongoError } from '../errors.ts';
import { MAX_PATH, splitPath } from '../bson/path.ts';
import type { Doc, Value } from '../bson/values.ts';
import { compileExpression } from './expressions/compile.ts';
import type { Expression, Scope } from './expressions/scope.ts';

interface Field {
  readonly parts: readonly string[];
  readonly expression: Expression;
}

function flatten(spec: Doc, prefix: readonly string[]): Field[] {
  const fields: Field[] = [];
  for (const [name, value] of spec) {
    if (name.startsWith('$'))
      throw new MongoError(
        16410,
        `FieldPath field names may not start with '$'. Consider using $getField or $setField.`,
      );
    const parts = [...prefix, ...splitPath(name)];
    if (parts.length > MAX_PATH) throw new MongoError(15, 'FieldPath is too long');
    if (parts.includes('')) throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
    const [first] = value instanceof Map ? value.keys() : [];
    if (value instanceof Map && first !== undefined && !first.startsWith('$')) fields.push(...flatten(value, parts));
    else fields.push({ parts, expression: compileExpression(value) });
  }
  return fields;
}

function assign(document: Doc, parts: readonly string[], value: Value | undefined): Doc {
  const [name = '', ...rest] = parts;
  const result: Doc = new Map(document);
  if (rest.length === 0) {
    if (value === undefined) result.delete(name);
    else result.set(name, value);
    return result;
  }
  const inner = assignInto(result.get(name), rest, value);
  if (inner !== undefined) result.set(name, inner);
  return result;
}

function assignInto(current: Value | undefined, parts: readonly string[], value: Value | undefined): Value | undefined {
  if (Array.isArray(current)) return current.map((element) => assignInto(element, parts, value) ?? null);
  if (current instanceof Map) return assign(current, parts, value);
  return value === undefined ? current : assign(new Map(), parts, value);
}

/** $addFields and $set: every expression sees the document as it came in. */
export function addFields(argument: Value, variables: ReadonlyMap<string, Value>): (document: Doc) => Doc {
  if (!(argument instanceof Map)) throw new MongoError(40272, '$addFields specification stage must be an object');
  const fields = flatten(argument, []);
  return (document) => {
    const scope: Scope = { root: document, current: document, variables };
    let result = document;
    for (const { parts, expression } of fields) result = assign(result, parts, expression(scope));
    return result;
  };
}
