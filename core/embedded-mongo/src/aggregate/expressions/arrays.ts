import { MongoError } from '../../errors.ts';
import { compare, equal } from '../../bson/compare.ts';
import { isNumber } from '../../bson/exact.ts';
import { toInteger } from '../../bson/numbers.ts';
import { int } from '../../bson/values.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { Sorter, parseSort } from '../sort.ts';
import { compileArguments, describe, fixed, named, variadic } from './arguments.ts';
import { isNullish, truthy, withVariables } from './scope.ts';
import type { Builder } from './scope.ts';

function arrayOf(name: string, code: number, value: Value | undefined): Value[] {
  if (Array.isArray(value)) return value;
  throw new MongoError(code, `The argument to ${name} must be an array, but was of type: ${describe(value)}`);
}

/** A whole number: MongoDB has one code for what is no number, and another for one that is not whole. */
function integerOf(name: string, value: Value | undefined, notNumber: number, notWhole: number): number {
  if (!isNumber(value))
    throw new MongoError(notNumber, `${name} needs a numeric argument, but was given ${describe(value)}`);
  const number = toInteger(value);
  if (number === undefined || number < -2147483648 || number > 2147483647)
    throw new MongoError(notWhole, `${name} needs an argument that can be represented as a 32-bit integer`);
  return number;
}

function limitOf(name: string, value: Value | undefined): number {
  const most = integerOf(name, value, 327391, 327391);
  if (most < 1) throw new MongoError(327392, `${name}: limit must be greater than 0, found ${most}`);
  return most;
}

const filter: Builder = (argument, compile, name) => {
  const given = named(argument, name, ['input', 'as', 'cond', 'limit'], ['input', 'cond']);
  const input = compile(given.get('input') ?? null);
  const condition = compile(given.get('cond') ?? null);
  const limit = given.get('limit');
  const most = limit === undefined ? undefined : compile(limit);
  const as = given.get('as') ?? 'this';
  if (typeof as !== 'string') throw new MongoError(28646, `$filter's 'as' must be a string`);
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    const count = most?.(scope);
    const largest = isNullish(count) ? Infinity : limitOf(name, count);
    const result: Value[] = [];
    for (const element of arrayOf(name, 28651, list)) {
      if (result.length >= largest) break;
      if (truthy(condition(withVariables(scope, [[as, element]])))) result.push(element);
    }
    return result;
  };
};

const map: Builder = (argument, compile, name) => {
  const given = named(argument, name, ['input', 'as', 'in'], ['input', 'in']);
  const input = compile(given.get('input') ?? null);
  const body = compile(given.get('in') ?? null);
  const as = given.get('as') ?? 'this';
  if (typeof as !== 'string') throw new MongoError(16880, `$map's 'as' must be a string`);
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    return arrayOf(name, 16883, list).map((element) => body(withVariables(scope, [[as, element]])) ?? null);
  };
};

const reduce: Builder = (argument, compile, name) => {
  const given = named(argument, name, ['input', 'initialValue', 'in'], ['input', 'initialValue', 'in']);
  const input = compile(given.get('input') ?? null);
  const initial = compile(given.get('initialValue') ?? null);
  const body = compile(given.get('in') ?? null);
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    let value: Value = initial(scope) ?? null;
    for (const element of arrayOf(name, 40080, list)) {
      value =
        body(
          withVariables(scope, [
            ['this', element],
            ['value', value],
          ]),
        ) ?? null;
    }
    return value;
  };
};

const elementAt = fixed(2, (list, position) => {
  if (isNullish(list) || isNullish(position)) return null;
  const array = arrayOf('$arrayElemAt', 28689, list);
  const index = integerOf('$arrayElemAt', position, 28690, 28691);
  return array[index < 0 ? array.length + index : index];
});

const slice = fixed([2, 3], (list, first, second) => {
  if (isNullish(list) || isNullish(first) || second === null) return null;
  const array = arrayOf('$slice', 28724, list);
  const start = integerOf('$slice', first, 28725, 28726);
  if (second === undefined) return start >= 0 ? array.slice(0, start) : array.slice(start);
  const count = integerOf('$slice', second, 28727, 28728);
  if (count <= 0) throw new MongoError(28729, `Third argument to $slice must be positive: ${count}`);
  const from = start < 0 ? Math.max(0, array.length + start) : start;
  return array.slice(from, from + count);
});

const range = fixed([2, 3], (start, end, step) => {
  const [from, to, by] = [
    integerOf('$range', start, 34443, 34444),
    integerOf('$range', end, 34445, 34446),
    step === undefined ? 1 : integerOf('$range', step, 34447, 34448),
  ];
  if (by === 0) throw new MongoError(34449, '$range requires a non-zero step value');
  if (Math.abs(to - from) / Math.abs(by) > 4_000_000) throw new MongoError(146, '$range would use too much memory');
  const result: Value[] = [];
  for (let value = from; by > 0 ? value < to : value > to; value += by) result.push(int(value));
  return result;
});

const indexOfArray = fixed([2, 4], (list, wanted, start, end) => {
  if (isNullish(list)) return null;
  const array = arrayOf('$indexOfArray', 40090, list);
  const bound = (value: Value): number => {
    const index = integerOf('$indexOfArray', value, 40096, 40096);
    if (index < 0) throw new MongoError(40097, '$indexOfArray requires a nonnegative index');
    return index;
  };
  const from = start === undefined ? 0 : bound(start);
  const to = end === undefined ? array.length : Math.min(array.length, bound(end));
  for (let at = from; at < to; at++) if (equal(array[at] ?? null, wanted ?? null)) return int(at);
  return int(-1);
});

const sortArray: Builder = (argument, compile, name) => {
  const given = named(argument, name, ['input', 'sortBy'], ['input', 'sortBy']);
  const input = compile(given.get('input') ?? null);
  const by = given.get('sortBy') ?? null;
  const whole = isNumber(by) ? toInteger(by) : undefined;
  const fields = whole === undefined ? parseSort(by).fields : [];
  return (scope) => {
    const list = input(scope);
    if (isNullish(list)) return null;
    const array = arrayOf(name, 2942504, list);
    if (whole !== undefined) return array.toSorted((left, right) => compare(left, right) * whole);
    const sorter = new Sorter<Value>(fields, undefined, Infinity);
    for (const element of array) sorter.add(element instanceof Map ? element : new Map<string, Value>(), element);
    return sorter.sorted();
  };
};

const zip: Builder = (argument, compile, name) => {
  const given = named(argument, name, ['inputs', 'useLongestLength', 'defaults'], ['inputs']);
  const inputs = compileArguments(given.get('inputs') ?? null, compile);
  const longest = given.get('useLongestLength') === true;
  const defaults = given.get('defaults');
  return (scope) => {
    const lists = inputs.map((one) => one(scope));
    if (lists.some(isNullish)) return null;
    const arrays = lists.map((list) => arrayOf(name, 34468, list));
    const lengths = arrays.map((array) => array.length);
    const length = longest ? Math.max(...lengths) : Math.min(...lengths);
    return Array.from({ length }, (_, at) =>
      arrays.map((array, index) => array[at] ?? (Array.isArray(defaults) ? (defaults[index] ?? null) : null)),
    );
  };
};

function firstOrLast(last: boolean): Builder {
  return fixed(1, (value) => {
    if (isNullish(value)) return null;
    return arrayOf(last ? '$last' : '$first', 28689, value).at(last ? -1 : 0);
  });
}

function pairOf(value: Value): readonly [string, Value] {
  if (Array.isArray(value) && value.length === 2 && typeof value[0] === 'string') return [value[0], value[1] ?? null];
  if (value instanceof Map) {
    const name = value.get('k');
    const field = value.get('v');
    if (typeof name === 'string' && field !== undefined) return [name, field];
  }
  throw new MongoError(40398, '$arrayToObject requires an array of [key, value] pairs or of {k, v} objects');
}

export const arrays: Record<string, Builder> = {
  $filter: filter,
  $map: map,
  $reduce: reduce,
  $arrayElemAt: elementAt,
  $slice: slice,
  $range: range,
  $indexOfArray: indexOfArray,
  $sortArray: sortArray,
  $zip: zip,
  $first: firstOrLast(false),
  $last: firstOrLast(true),
  $size: fixed(1, (value) => {
    if (!Array.isArray(value))
      throw new MongoError(17124, `The argument to $size must be an array, but was of type: ${describe(value)}`);
    return int(value.length);
  }),
  $isArray: fixed(1, (value) => Array.isArray(value)),
  $in: fixed(2, (wanted, list) => {
    if (!Array.isArray(list))
      throw new MongoError(40081, `$in requires an array as a second argument, found: ${describe(list)}`);
    return wanted !== undefined && list.some((element) => equal(element, wanted));
  }),
  $concatArrays: variadic((values) => {
    const result: Value[] = [];
    for (const value of values) {
      if (isNullish(value)) return null;
      for (const element of arrayOf('$concatArrays', 28664, value)) result.push(element);
    }
    return result;
  }),
  $reverseArray: fixed(1, (value) => (isNullish(value) ? null : arrayOf('$reverseArray', 34435, value).toReversed())),
  $arrayToObject: fixed(1, (value) => {
    if (isNullish(value)) return null;
    const result: Doc = new Map();
    for (const element of arrayOf('$arrayToObject', 40386, value)) result.set(...pairOf(element));
    return result;
  }),
};
