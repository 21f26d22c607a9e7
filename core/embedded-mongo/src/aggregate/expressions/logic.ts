import { MongoError } from '../../errors.ts';
import { compare } from '../../bson/compare.ts';
import { int, undefinedValue } from '../../bson/values.ts';
import type { Value } from '../../bson/values.ts';
import { compileArguments, fixed, named } from './arguments.ts';
import { isNullish, truthy, withVariables } from './scope.ts';
import type { Builder } from './scope.ts';

/** Compares across types; a missing value sorts as undefined, before null. */
function order(left: Value | undefined, right: Value | undefined): number {
  if (left === undefined || right === undefined) {
    if (left === right) return 0;
    const a = left ?? undefinedValue;
    const b = right ?? undefinedValue;
    return compare(a, b) || (left === undefined ? -1 : 1);
  }
  return compare(left, right);
}

const comparison = (test: (result: number) => boolean): Builder => fixed(2, (left, right) => test(order(left, right)));

const cond: Builder = (argument, compile, name) => {
  let parts: Value[];
  if (argument instanceof Map) {
    const given = named(argument, name, ['if', 'then', 'else'], ['if', 'then', 'else']);
    parts = [given.get('if') ?? null, given.get('then') ?? null, given.get('else') ?? null];
  } else parts = Array.isArray(argument) ? argument : [argument];
  if (parts.length !== 3)
    throw new MongoError(16020, `Expression $cond takes exactly 3 arguments. ${parts.length} were passed in.`);
  const [test, yes, no] = parts.map(compile);
  return (scope) => (truthy(test?.(scope)) ? yes?.(scope) : no?.(scope));
};

const switchOf: Builder = (argument, compile, name) => {
  const given = named(argument, name, ['branches', 'default'], ['branches']);
  const list = given.get('branches');
  if (!Array.isArray(list)) throw new MongoError(40061, `$switch expected an array for 'branches'`);
  if (list.length === 0) throw new MongoError(40068, '$switch requires at least one branch.');
  const branches = list.map((one) => {
    if (!(one instanceof Map)) throw new MongoError(40062, '$switch expected each branch to be an object');
    for (const field of one.keys())
      if (field !== 'case' && field !== 'then')
        throw new MongoError(40063, `$switch found an unknown argument to a branch: ${field}`);
    if (!one.has('case')) throw new MongoError(40064, "$switch requires each branch have a 'case' expression");
    if (!one.has('then')) throw new MongoError(40065, "$switch requires each branch have a 'then' expression.");
    const branch = one;
    return { test: compile(branch.get('case') ?? null), then: compile(branch.get('then') ?? null) };
  });
  const fallback = given.get('default');
  const otherwise = fallback === undefined ? undefined : compile(fallback);
  return (scope) => {
    for (const branch of branches) if (truthy(branch.test(scope))) return branch.then(scope);
    if (!otherwise)
      throw new MongoError(
        40066,
        '$switch could not find a matching branch for an input, and no default was specified.',
      );
    return otherwise(scope);
  };
};

const letOf: Builder = (argument, compile, name) => {
  const given = named(argument, name, ['vars', 'in'], ['vars', 'in']);
  const vars = given.get('vars');
  if (!(vars instanceof Map)) throw new MongoError(16874, 'invalid parameter: expected an object (vars)');
  const list = [...vars].map(([variable, value]) => ({ variable, value: compile(value) }));
  const body = compile(given.get('in') ?? null);
  return (scope) =>
    body(
      withVariables(
        scope,
        list.map((one) => [one.variable, one.value(scope) ?? undefinedValue] as const),
      ),
    );
};

export const logic: Record<string, Builder> = {
  $literal: (argument) => () => argument,
  $const: (argument) => () => argument,
  $expr: (argument, compile) => compile(argument),
  $cmp: fixed(2, (left, right) => int(order(left, right))),
  $eq: comparison((result) => result === 0),
  $ne: comparison((result) => result !== 0),
  $gt: comparison((result) => result > 0),
  $gte: comparison((result) => result >= 0),
  $lt: comparison((result) => result < 0),
  $lte: comparison((result) => result <= 0),
  $and: (argument, compile) => {
    const list = compileArguments(argument, compile);
    return (scope) => list.every((one) => truthy(one(scope)));
  },
  $or: (argument, compile) => {
    const list = compileArguments(argument, compile);
    return (scope) => list.some((one) => truthy(one(scope)));
  },
  $not: fixed(1, (value) => !truthy(value)),
  $cond: cond,
  $switch: switchOf,
  $let: letOf,
  $ifNull: (argument, compile) => {
    const list = compileArguments(argument, compile);
    if (list.length < 2) throw new MongoError(1257300, `$ifNull needs at least two arguments, had: ${list.length}`);
    return (scope) => {
      for (const one of list.slice(0, -1)) {
        const value = one(scope);
        if (!isNullish(value)) return value;
      }
      return list.at(-1)?.(scope);
    };
  },
};
