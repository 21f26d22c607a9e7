import { mongoError } from '../errors.ts';
import { compare, equal } from '../bson/compare.ts';
import { isNumber } from '../bson/exact.ts';
import { toInteger } from '../bson/numbers.ts';
import { Regex, typeName, typeOf } from '../bson/values.ts';
import type { Value } from '../bson/values.ts';
import { matches, matchesValue } from '../match/matches.ts';
import { isOperators, parseFilter, parseOperators } from '../match/parse.ts';
import type { MatchOptions } from '../match/tree.ts';
import { identityOf } from '../bson/identity.ts';
import { compoundKey } from '../bson/keys.ts';
import { getPath, splitPath } from '../bson/path.ts';
import type { Target } from './context.ts';

function arrayIn(operator: string, target: Target): Value[] | undefined {
  const { value } = target;
  if (value === undefined) return undefined;
  if (Array.isArray(value)) return value;
  const name = target.path.split('.').pop() ?? '';
  if (operator === '$push' || operator === '$addToSet') {
    throw mongoError(
      'BadValue',
      `The field '${target.path}' must be an array but is of type ${typeName(typeOf(value))} in document`,
    );
  }
  if (operator === '$pop') {
    throw mongoError(
      'TypeMismatch',
      `Path '${target.path}' contains an element of non-array type '${typeName(typeOf(value))}'`,
    );
  }
  throw mongoError('BadValue', `Cannot apply ${operator} to a non-array value (${name})`);
}

interface PushOptions {
  readonly each: readonly Value[];
  readonly position: number | undefined;
  readonly slice: number | undefined;
  readonly sort: ((left: Value, right: Value) => number) | undefined;
}

function integerOption(name: string, value: Value | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = isNumber(value) ? toInteger(value) : undefined;
  if (number === undefined)
    throw mongoError(
      'BadValue',
      `The value for ${name} must be an integer value but was given type: ${typeName(typeOf(value))}`,
    );
  return number;
}

function sortOption(value: Value | undefined): PushOptions['sort'] {
  if (value === undefined) return undefined;
  if (isNumber(value)) {
    const direction = toInteger(value);
    if (direction !== 1 && direction !== -1)
      throw mongoError('BadValue', 'The $sort element value must be either 1 or -1');
    return (left, right) => compare(left, right) * direction;
  }
  if (!(value instanceof Map) || value.size === 0) {
    throw mongoError(
      'BadValue',
      'The $sort is invalid: use 1/-1 to sort the whole element, or {field:1/-1} to sort embedded fields',
    );
  }
  const fields = [...value].map(([name, direction]) => {
    const number = isNumber(direction) ? toInteger(direction) : undefined;
    if (number !== 1 && number !== -1) throw mongoError('BadValue', 'The $sort element value must be either 1 or -1');
    return { path: splitPath(name), descending: number === -1 };
  });
  const keyOfElement = (element: Value): Buffer =>
    compoundKey(
      fields.map((field) => (element instanceof Map ? (getPath(element, field.path) ?? null) : null)),
      fields.map((field) => field.descending),
    );
  return (left, right) => Buffer.compare(keyOfElement(left), keyOfElement(right));
}

const pushNames = new Set(['$each', '$position', '$slice', '$sort']);

function parsePush(operand: Value): PushOptions {
  if (!(operand instanceof Map) || !operand.has('$each')) {
    return { each: [operand], position: undefined, slice: undefined, sort: undefined };
  }
  const each = operand.get('$each');
  if (!Array.isArray(each)) {
    throw mongoError(
      'BadValue',
      `The argument to $each in $push must be an array but it was of type: ${typeName(typeOf(each ?? null))}`,
    );
  }
  for (const name of operand.keys()) {
    if (!pushNames.has(name)) throw mongoError('BadValue', `Unrecognized clause in $push: ${name}`);
  }
  return {
    each,
    position: integerOption('$position', operand.get('$position')),
    slice: integerOption('$slice', operand.get('$slice')),
    sort: sortOption(operand.get('$sort')),
  };
}

/** $push with its modifiers. */
export function push(operand: Value): (target: Target) => void {
  const options = parsePush(operand);
  return (target) => {
    let array = (arrayIn('$push', target) ?? []).slice();
    const position = options.position ?? array.length;
    array.splice(position < 0 ? Math.max(0, array.length + position) : position, 0, ...options.each);
    if (options.sort) array.sort(options.sort);
    if (options.slice !== undefined)
      array = options.slice >= 0 ? array.slice(0, options.slice) : array.slice(options.slice);
    target.set(array);
  };
}

interface Members {
  readonly has: (value: Value) => boolean;
  readonly add: (value: Value) => void;
}

/** Comparisons up to which a plain search is quicker than keys. */
const FEW = 256;

/** Which values are in a list, for so many questions. */
function membersOf(list: readonly Value[], questions: number): Members {
  if (list.length * questions <= FEW) {
    const values = list.slice();
    return {
      has: (value) => values.some((one) => equal(one, value)),
      add: (value) => void values.push(value),
    };
  }
  const keys = new Set(list.map(identityOf));
  return { has: (value) => keys.has(identityOf(value)), add: (value) => void keys.add(identityOf(value)) };
}

/** $addToSet: 1 equals 1.0, field order matters. */
export function addToSet(operand: Value): (target: Target) => void {
  let values: readonly Value[] = [operand];
  if (operand instanceof Map && [...operand.keys()][0] === '$each') {
    const each = operand.get('$each');
    if (!Array.isArray(each))
      throw mongoError(
        'TypeMismatch',
        `The argument to $each in $addToSet must be an array but it was of type ${typeName(typeOf(each ?? null))}`,
      );
    if (operand.size > 1) throw mongoError('BadValue', `Found unexpected fields after $each in $addToSet`);
    values = each;
  }
  return (target) => {
    const array = (arrayIn('$addToSet', target) ?? []).slice();
    const known = membersOf(array, values.length);
    for (const value of values) {
      if (known.has(value)) continue;
      array.push(value);
      known.add(value);
    }
    target.set(array);
  };
}

/** $pop: 1 the last, -1 the first. */
export function pop(path: string, operand: Value): (target: Target) => void {
  const end = isNumber(operand) ? toInteger(operand) : undefined;
  if (end !== 1 && end !== -1) throw mongoError('FailedToParse', `$pop expects 1 or -1, found: ${path}`);
  return (target) => {
    const array = arrayIn('$pop', target);
    if (array && array.length > 0) target.set(end === 1 ? array.slice(0, -1) : array.slice(1));
  };
}

/** Operators that ask about a whole element, not about a value. */
const logical = new Set(['$and', '$or', '$nor', '$expr', '$comment', '$jsonSchema']);

function pullTest(operand: Value, options: MatchOptions): (element: Value) => boolean {
  if (isOperators(operand) && !logical.has([...operand.keys()][0] ?? '')) {
    const node = parseOperators('', operand, options);
    return (element) => matchesValue(node, element, options.text);
  }
  if (operand instanceof Map) {
    const node = parseFilter(operand, options);
    return (element) => element instanceof Map && matches(node, element, options.text);
  }
  if (operand instanceof Regex) {
    const node = parseFilter(new Map<string, Value>([['v', operand]]), options);
    return (element) => matches(node, new Map([['v', element]]), options.text);
  }
  return (element) => equal(element, operand, options.text);
}

/** $pull: a query on the elements. */
export function pull(operand: Value, options: MatchOptions): (target: Target) => void {
  const test = pullTest(operand, options);
  return (target) => {
    const array = arrayIn('$pull', target);
    if (!array) return;
    const kept = array.filter((element) => !test(element));
    if (kept.length !== array.length) target.set(kept);
  };
}

/** $pullAll: values that equal. */
export function pullAll(operand: Value): (target: Target) => void {
  if (!Array.isArray(operand))
    throw mongoError('BadValue', `$pullAll requires an array argument but was given a ${typeName(typeOf(operand))}`);
  return (target) => {
    const array = arrayIn('$pullAll', target);
    if (!array) return;
    const gone = membersOf(operand, array.length);
    const kept = array.filter((element) => !gone.has(element));
    if (kept.length !== array.length) target.set(kept);
  };
}
