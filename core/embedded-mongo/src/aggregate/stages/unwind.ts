import { MongoError } from '../../errors.ts';
import { getPath, splitPath } from '../../bson/path.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { PAUSE } from '../../pause.ts';
import type { StageBuilder } from '../stage.ts';

function withPath(document: Doc, parts: readonly string[], value: Value | undefined): Doc {
  const [name = '', ...rest] = parts;
  const result: Doc = new Map(document);
  if (rest.length > 0) {
    const inner = document.get(name);
    result.set(name, withPath(inner instanceof Map ? inner : new Map<string, Value>(), rest, value));
  } else if (value === undefined) result.delete(name);
  else result.set(name, value);
  return result;
}

interface Options {
  readonly parts: readonly string[];
  readonly indexField: readonly string[] | undefined;
  readonly keepEmpty: boolean;
}

function parse(argument: Value): Options {
  const given = argument instanceof Map ? argument : new Map<string, Value>([['path', argument]]);
  for (const name of given.keys()) {
    if (!['path', 'includeArrayIndex', 'preserveNullAndEmptyArrays'].includes(name))
      throw new MongoError(28811, `unrecognized option to $unwind stage: ${name}`);
  }
  const path = given.get('path');
  if (typeof path !== 'string') throw new MongoError(28808, 'expected a string as the path for $unwind stage');
  if (!path.startsWith('$'))
    throw new MongoError(28818, `path option to $unwind stage should be prefixed with a '$': ${path}`);
  const index = given.get('includeArrayIndex');
  if (index !== undefined && (typeof index !== 'string' || index === ''))
    throw new MongoError(28810, 'expected a non-empty string for the includeArrayIndex option to $unwind stage');
  if (typeof index === 'string' && index.startsWith('$'))
    throw new MongoError(
      28822,
      `includeArrayIndex option to $unwind stage should not be prefixed with a '$': ${index}`,
    );
  return {
    parts: splitPath(path.slice(1)),
    indexField: index === undefined ? undefined : splitPath(index),
    keepEmpty: given.get('preserveNullAndEmptyArrays') === true,
  };
}

function* unwindOne(document: Doc, { parts, indexField, keepEmpty }: Options): Generator<Doc> {
  const value = getPath(document, parts);
  const numbered = (one: Doc, at: bigint | null): Doc => (indexField ? withPath(one, indexField, at) : one);
  if (Array.isArray(value)) {
    if (value.length === 0 && keepEmpty) yield numbered(withPath(document, parts, undefined), null);
    for (const [at, element] of value.entries()) yield numbered(withPath(document, parts, element), BigInt(at));
  } else if (value === undefined || value === null) {
    if (keepEmpty) yield numbered(document, null);
  } else yield numbered(document, null);
}

export const unwind: StageBuilder = (argument) => {
  const options = parse(argument);
  return function* (input) {
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else yield* unwindOne(document, options);
    }
  };
};
