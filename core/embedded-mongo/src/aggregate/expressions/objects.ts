import { MongoError } from '../../errors.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { describe, fixed, named, variadic } from './arguments.ts';
import { isNullish } from './scope.ts';
import type { Builder, Expression } from './scope.ts';

const getField: Builder = (argument, compile, name) => {
  const given: Doc =
    argument instanceof Map && argument.has('field')
      ? named(argument, name, ['field', 'input'], ['field'])
      : new Map([['field', argument]]);
  const field = compile(given.get('field') ?? null);
  const inputValue = given.get('input');
  const input: Expression = inputValue === undefined ? (scope) => scope.current : compile(inputValue);
  return (scope) => {
    const path = field(scope);
    if (typeof path !== 'string')
      throw new MongoError(5654602, `$getField requires 'field' to evaluate to type String, not ${describe(path)}`);
    const value = input(scope);
    if (isNullish(value)) return value === undefined ? undefined : null;
    return value instanceof Map ? value.get(path) : undefined;
  };
};

const setField: Builder = (argument, compile, name) => {
  const unset = name === '$unsetField';
  const fields = unset ? ['field', 'input'] : ['field', 'input', 'value'];
  const given = named(argument, name, fields, fields);
  const field = compile(given.get('field') ?? null);
  const input = compile(given.get('input') ?? null);
  const value = compile(given.get('value') ?? '$$REMOVE');
  return (scope) => {
    const path = field(scope);
    const root = input(scope);
    if (isNullish(root)) return null;
    if (typeof path !== 'string' || !(root instanceof Map))
      throw new MongoError(4161105, `${name} requires a string and an object`);
    const result: Doc = new Map(root);
    const now = value(scope);
    if (now === undefined) result.delete(path);
    else result.set(path, now);
    return result;
  };
};

export const objects: Record<string, Builder> = {
  $mergeObjects: variadic((values) => {
    const result: Doc = new Map();
    const [only] = values;
    const list = values.length === 1 && Array.isArray(only) ? only : values;
    for (const value of list) {
      if (isNullish(value)) continue;
      if (!(value instanceof Map))
        throw new MongoError(40400, `$mergeObjects requires object inputs, but input is of type ${describe(value)}`);
      for (const [name, field] of value) result.set(name, field);
    }
    return result;
  }),
  $objectToArray: fixed(1, (value) => {
    if (isNullish(value)) return null;
    if (!(value instanceof Map))
      throw new MongoError(40390, `$objectToArray requires a document input, found: ${describe(value)}`);
    return [...value].map(
      ([name, field]): Doc =>
        new Map<string, Value>([
          ['k', name],
          ['v', field],
        ]),
    );
  }),
  $getField: getField,
  $setField: setField,
  $unsetField: setField,
};
