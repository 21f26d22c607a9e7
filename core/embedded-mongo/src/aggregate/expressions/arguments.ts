import { MongoError } from '../../errors.ts';
import type { Value } from '../../bson/values.ts';
import { typeName, typeOf } from '../../bson/values.ts';
import type { Builder, Compile, Expression } from './scope.ts';

/** The compiled arguments of an operator; one that is not in an array stands for itself. */
export function compileArguments(argument: Value, compile: Compile): Expression[] {
  return Array.isArray(argument) ? argument.map(compile) : [compile(argument)];
}

/** An operator with so many arguments, whose values are handed to a function. */
export function fixed(
  count: number | readonly [number, number],
  run: (...values: (Value | undefined)[]) => Value | undefined,
): Builder {
  const [least, most] = typeof count === 'number' ? [count, count] : count;
  return (argument, compile, name) => {
    const list = compileArguments(argument, compile);
    if (list.length < least || list.length > most) {
      const wanted = least === most ? `exactly ${least} arguments` : `at least ${least} arguments, and at most ${most}`;
      throw new MongoError(
        least === most ? 16020 : 28667,
        `Expression ${name} takes ${wanted}. ${list.length} were passed in.`,
      );
    }
    const [first, second] = list;
    if (list.length === 1 && first) return (scope) => run(first(scope));
    if (list.length === 2 && first && second) return (scope) => run(first(scope), second(scope));
    return (scope) => run(...list.map((one) => one(scope)));
  };
}

/** An operator with any number of arguments. */
export function variadic(run: (values: (Value | undefined)[], name: string) => Value | undefined): Builder {
  return (argument, compile, name) => {
    const list = compileArguments(argument, compile);
    return (scope) =>
      run(
        list.map((one) => one(scope)),
        name,
      );
  };
}

/** The named arguments of an operator such as $filter. */
export function named(
  argument: Value,
  name: string,
  allowed: readonly string[],
  required: readonly string[],
): Map<string, Value> {
  if (!(argument instanceof Map)) throw new MongoError(28646, `${name} only supports an object as its argument`);
  for (const key of argument.keys()) {
    if (!allowed.includes(key)) throw new MongoError(28647, `Unrecognized parameter to ${name}: ${key}`);
  }
  for (const key of required) {
    if (!argument.has(key)) throw new MongoError(28648, `Missing '${key}' parameter to ${name}`);
  }
  return argument;
}

/** The type of a value as error messages name it. */
export function describe(value: Value | undefined): string {
  return value === undefined ? 'missing' : typeName(typeOf(value));
}
