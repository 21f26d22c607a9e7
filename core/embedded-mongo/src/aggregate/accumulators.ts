import { MongoError, mongoError } from '../errors.ts';
import { compare } from '../bson/compare.ts';
import { isNumber } from '../bson/exact.ts';
import type { NumberValue } from '../bson/exact.ts';
import { keyOf } from '../bson/keys.ts';
import { calculate, count, toDecimal, toNumber } from '../bson/numbers.ts';
import { Decimal, int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { divideDecimals } from './expressions/arithmetic.ts';
import { compileExpression } from './expressions/compile.ts';
import type { MemoryBudget } from './memory.ts';
import { isNullish } from './expressions/scope.ts';
import type { Expression } from './expressions/scope.ts';

/** Gathers the values of one group. */
export interface Accumulator {
  readonly add: (value: Value | undefined) => void;
  readonly result: () => Value;
}

/** Adds numbers; Longs that overflow become Doubles. */
export function addNumbers(left: NumberValue, right: NumberValue): NumberValue {
  return calculate('add', left, right) ?? toNumber(left) + toNumber(right);
}

function sum(): Accumulator {
  let total: NumberValue = int(0);
  return {
    add: (value) => {
      if (isNumber(value)) total = addNumbers(total, value);
    },
    result: () => total,
  };
}

function divide(total: NumberValue, by: number): Value {
  if (total instanceof Decimal) return divideDecimals(total, toDecimal(int(by)));
  return toNumber(total) / by;
}

function average(): Accumulator {
  let total: NumberValue = 0;
  let seen = 0;
  return {
    add: (value) => {
      if (!isNumber(value)) return;
      total = addNumbers(total, value);
      seen++;
    },
    result: () => (seen === 0 ? null : divide(total, seen)),
  };
}

function extreme(sign: 1 | -1): Accumulator {
  let best: Value | undefined;
  return {
    add: (value) => {
      if (isNullish(value)) return;
      if (best === undefined || compare(value, best) * sign > 0) best = value;
    },
    result: () => best ?? null,
  };
}

function edge(last: boolean): Accumulator {
  let kept: Value | undefined;
  let seen = false;
  return {
    add: (value) => {
      if (last || !seen) kept = value;
      seen = true;
    },
    result: () => kept ?? null,
  };
}

function pushAll(budget: MemoryBudget): Accumulator {
  const values: Value[] = [];
  return {
    add: (value) => {
      if (value === undefined) return;
      budget.add(value);
      values.push(value);
    },
    result: () => values,
  };
}

function addToSet(budget: MemoryBudget): Accumulator {
  const seen = new Map<string, Value>();
  return {
    add: (value) => {
      if (value === undefined) return;
      const key = keyOf(value).toString('latin1');
      if (seen.has(key)) return;
      budget.add(value);
      seen.set(key, value);
    },
    result: () => [...seen.values()],
  };
}

function deviation(sample: boolean): Accumulator {
  const values: number[] = [];
  return {
    add: (value) => {
      if (isNumber(value)) values.push(toNumber(value));
    },
    result: () => {
      const over = values.length - (sample ? 1 : 0);
      if (over <= 0) return null;
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      return Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / over);
    },
  };
}

function merge(): Accumulator {
  const result: Doc = new Map();
  return {
    add: (value) => {
      if (isNullish(value)) return;
      if (!(value instanceof Map)) throw new MongoError(40400, '$mergeObjects requires object inputs');
      for (const [name, field] of value) result.set(name, field);
    },
    result: () => result,
  };
}

function counter(): Accumulator {
  let seen = 0;
  return {
    add: () => {
      seen++;
    },
    result: () => count(seen),
  };
}

type Maker = (budget: MemoryBudget) => Accumulator;

const makers: ReadonlyMap<string, Maker> = new Map<string, Maker>([
  ['$sum', sum],
  ['$avg', average],
  ['$min', () => extreme(-1)],
  ['$max', () => extreme(1)],
  ['$first', () => edge(false)],
  ['$last', () => edge(true)],
  ['$push', pushAll],
  ['$addToSet', addToSet],
  ['$stdDevPop', () => deviation(false)],
  ['$stdDevSamp', () => deviation(true)],
  ['$mergeObjects', merge],
  ['$count', counter],
]);

/** Every accumulator. */
export const accumulatorNames: readonly string[] = [...makers.keys()];

/** A field of $group: its expression and a new accumulator for each group. */
export interface AccumulatorSpec {
  readonly name: string;
  readonly expression: Expression;
  readonly create: (budget: MemoryBudget) => Accumulator;
}

/** @throws MongoError 15952 for an unknown accumulator, 40234 and 40238 for what is not one */
export function parseAccumulator(name: string, value: Value): AccumulatorSpec {
  if (name.includes('.')) throw new MongoError(40235, `The field name '${name}' cannot contain '.'`);
  if (name.startsWith('$')) throw new MongoError(40236, `The field name '${name}' cannot be an operator name`);
  if (!(value instanceof Map) || value.size === 0)
    throw new MongoError(40234, `The field '${name}' must be an accumulator object`);
  if (value.size > 1) throw new MongoError(40238, `The field '${name}' must specify one accumulator`);
  const [[operator, argument] = ['', null]] = value;
  const create = makers.get(operator);
  if (!create) throw new MongoError(15952, `unknown group operator '${operator}'`);
  if (operator === '$count' && !(argument instanceof Map && argument.size === 0))
    throw mongoError('TypeMismatch', '$count takes no arguments, i.e. $count:{}');
  return { name, expression: operator === '$count' ? () => null : compileExpression(argument), create };
}
