import { mongoError } from '../errors.ts';
import { isPositional, splitPath } from '../bson/path.ts';
import type { Doc, Value } from '../bson/values.ts';
import { typeName, typeOf } from '../bson/values.ts';
import type { MatchOptions } from '../match/tree.ts';
import { addToSet, pop, pull, pullAll, push } from './arrays.ts';
import type { Change, Target } from './context.ts';
import { arithmetic, bits, extreme } from './numeric.ts';
import { rename } from './rename.ts';

type Parser = (path: string, operand: Value, options: MatchOptions) => Omit<Change, 'operator' | 'path' | 'parts'>;

const simple = (apply: (target: Target) => void, creates = true): ReturnType<Parser> => ({ apply, creates });

function currentDate(path: string, operand: Value): ReturnType<Parser> {
  let timestamp = false;
  if (operand instanceof Map) {
    const type = operand.get('$type');
    for (const name of operand.keys()) {
      if (name !== '$type') throw mongoError('BadValue', `Unrecognized $currentDate option: ${name}`);
    }
    if (type !== 'date' && type !== 'timestamp') {
      throw mongoError(
        'BadValue',
        "The '$type' string field is required to be 'date' or 'timestamp': {$currentDate: {field : {$type: 'date'}}}",
      );
    }
    timestamp = type === 'timestamp';
  } else if (typeof operand !== 'boolean') {
    throw mongoError(
      'BadValue',
      `${typeName(typeOf(operand))} is not valid type for $currentDate. Please use a boolean ('true') or a $type expression ({$type: 'timestamp/date'}). (${path})`,
    );
  }
  return { creates: true, apply: (target, context) => target.set(timestamp ? context.timestamp() : context.now()) };
}

const parsers: ReadonlyMap<string, Parser> = new Map<string, Parser>([
  ['$set', (_path, operand) => simple((target) => target.set(operand))],
  [
    '$setOnInsert',
    (_path, operand) => ({
      creates: true,
      apply: (target, context) => {
        if (context.inserting) target.set(operand);
      },
    }),
  ],
  ['$unset', () => simple((target) => target.unset(), false)],
  ['$inc', (path, operand) => simple(arithmetic('$inc', path, operand))],
  ['$mul', (path, operand) => simple(arithmetic('$mul', path, operand))],
  ['$min', (_path, operand) => simple(extreme('$min', operand))],
  ['$max', (_path, operand) => simple(extreme('$max', operand))],
  ['$bit', (path, operand) => simple(bits(path, operand))],
  ['$push', (_path, operand) => simple(push(operand))],
  ['$addToSet', (_path, operand) => simple(addToSet(operand))],
  ['$pop', (path, operand) => simple(pop(path, operand), false)],
  ['$pull', (_path, operand, options) => simple(pull(operand, options), false)],
  ['$pullAll', (_path, operand) => simple(pullAll(operand), false)],
  ['$currentDate', (path, operand) => currentDate(path, operand)],
]);

/** Every update operator. */
export const updateOperators: readonly string[] = [...parsers.keys(), '$rename'];

function checkPath(path: string): readonly string[] {
  if (path === '') throw mongoError('EmptyFieldName', 'An empty update path is not valid.');
  const parts = splitPath(path);
  if (parts.includes(''))
    throw mongoError('EmptyFieldName', `The update path '${path}' contains an empty field name, which is not allowed.`);
  if (isPositional(parts[0] ?? '')) {
    throw mongoError(
      'BadValue',
      `Cannot have array filter identifier (i.e. '$[<id>]') or a positional operator in the first position in path '${path}'`,
    );
  }
  return parts;
}

/**
 * Checks an update made of operators.
 * @throws MongoError 9 for an unknown modifier
 */
export function parseOperators(update: Doc, options: MatchOptions): Change[] {
  const changes: Change[] = [];
  for (const [operator, fields] of update) {
    const parser = parsers.get(operator);
    if (!parser && operator !== '$rename') {
      throw mongoError(
        'FailedToParse',
        `Unknown modifier: ${operator}. Expected a valid update modifier or pipeline-style update specified as an array`,
      );
    }
    if (!(fields instanceof Map)) {
      throw mongoError(
        'FailedToParse',
        `Modifiers operate on fields but we found type ${typeName(typeOf(fields))} instead. For example: {$mod: {<field>: ...}} not {${operator}: ${typeName(typeOf(fields))}}`,
      );
    }
    for (const [path, operand] of fields) {
      const parts = checkPath(path);
      if (!parser) changes.push(...rename(path, operand, checkPath));
      else changes.push({ operator, path, parts, ...parser(path, operand, options) });
    }
  }
  return changes;
}
