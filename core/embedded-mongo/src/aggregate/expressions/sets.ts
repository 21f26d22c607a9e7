import { MongoError } from '../../errors.ts';
import { compare } from '../../bson/compare.ts';
import { keyOf } from '../../bson/keys.ts';
import type { Value } from '../../bson/values.ts';
import { describe, fixed, variadic } from './arguments.ts';
import { isNullish, truthy } from './scope.ts';
import type { Builder } from './scope.ts';

type ValueSet = Map<string, Value>;

function setOf(name: string, value: Value | undefined, code: number): ValueSet {
  if (!Array.isArray(value))
    throw new MongoError(code, `All operands of ${name} must be arrays. One argument is of type: ${describe(value)}`);
  return new Map(value.map((element) => [keyOf(element).toString('latin1'), element]));
}

function listOf(set: ValueSet): Value[] {
  return [...set.values()].sort((left, right) => compare(left, right));
}

function subset(left: ValueSet, right: ValueSet): boolean {
  return [...left.keys()].every((key) => right.has(key));
}

/** Whether all, or any, of an array's elements are true. */
function elements(name: string, code: number, all: boolean): Builder {
  return fixed(1, (value) => {
    const list = Array.isArray(value) ? value : undefined;
    if (!list) throw new MongoError(code, `${name}'s argument must be an array, but is ${describe(value)}`);
    return all ? list.every(truthy) : list.some(truthy);
  });
}

export const sets: Record<string, Builder> = {
  $setUnion: variadic((values, name) => {
    if (values.some(isNullish)) return null;
    return listOf(new Map(values.flatMap((value) => [...setOf(name, value, 17043)])));
  }),
  $setIntersection: variadic((values, name) => {
    if (values.some(isNullish)) return null;
    const [first, ...rest] = values.map((value) => setOf(name, value, 17047));
    if (!first) return [];
    return listOf(new Map([...first].filter(([key]) => rest.every((set) => set.has(key)))));
  }),
  $setDifference: fixed(2, (left, right) => {
    if (isNullish(left) || isNullish(right)) return null;
    const from = setOf('$setDifference', left, 17048);
    const without = setOf('$setDifference', right, 17049);
    return [...from].filter(([key]) => !without.has(key)).map(([, value]) => value);
  }),
  $setEquals: variadic((values, name) => {
    const [first, ...rest] = values.map((value) => setOf(name, value, 17044));
    return first !== undefined && rest.every((set) => set.size === first.size && subset(set, first));
  }),
  $setIsSubset: fixed(2, (left, right) =>
    subset(setOf('$setIsSubset', left, 17046), setOf('$setIsSubset', right, 17042)),
  ),
  $allElementsTrue: elements('$allElementsTrue', 17040, true),
  $anyElementTrue: elements('$anyElementTrue', 17041, false),
};
