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

/** What MongoDB answers to an argument that is no document, has an unknown field, or lacks one. */
interface ArgumentCodes {
  readonly shape: number;
  readonly unknown: number;
  readonly missing: number | Readonly<Record<string, number>>;
}

const codes = (shape: number, unknown: number, missing: ArgumentCodes['missing']): ArgumentCodes => ({
  shape,
  unknown,
  missing,
});

const argumentCodes: ReadonlyMap<string, ArgumentCodes> = new Map([
  ['$filter', codes(28646, 28647, { input: 28648, cond: 28650 })],
  ['$map', codes(16878, 16879, { input: 16880, in: 16882 })],
  ['$reduce', codes(40075, 40076, { input: 40077, initialValue: 40078, in: 40079 })],
  ['$cond', codes(16020, 17083, { if: 17080, then: 17081, else: 17082 })],
  ['$switch', codes(40060, 40067, 40068)],
  ['$let', codes(16874, 16875, { vars: 16876, in: 16877 })],
  ['$zip', codes(34460, 34464, 34465)],
  ['$sortArray', codes(2942500, 2942501, { input: 2942502, sortBy: 2942503 })],
  ['$trim', codes(50696, 50694, 50695)],
  ['$ltrim', codes(50696, 50694, 50695)],
  ['$rtrim', codes(50696, 50694, 50695)],
  ['$regexMatch', codes(51103, 31024, { input: 31022, regex: 31023 })],
  ['$regexFind', codes(51103, 31024, { input: 31022, regex: 31023 })],
  ['$regexFindAll', codes(51103, 31024, { input: 31022, regex: 31023 })],
  ['$replaceOne', codes(51751, 51750, { input: 51749, find: 51748, replacement: 51747 })],
  ['$replaceAll', codes(51751, 51750, { input: 51749, find: 51748, replacement: 51747 })],
  ['$dateToString', codes(18629, 18534, 18628)],
  ['$dateFromString', codes(40540, 40541, 40542)],
  ['$dateToParts', codes(40524, 40520, 40522)],
  ['$dateFromParts', codes(40519, 40518, 40516)],
  ['$convert', codes(9, 9, 9)],
]);

const otherCodes = codes(9, 9, 9);

/** The named arguments of an operator such as $filter. */
export function named(
  argument: Value,
  name: string,
  allowed: readonly string[],
  required: readonly string[],
): Map<string, Value> {
  const { shape, unknown, missing } = argumentCodes.get(name) ?? otherCodes;
  if (!(argument instanceof Map)) throw new MongoError(shape, `${name} only supports an object as its argument`);
  for (const key of argument.keys()) {
    if (!allowed.includes(key)) throw new MongoError(unknown, `Unrecognized parameter to ${name}: ${key}`);
  }
  for (const key of required) {
    if (argument.has(key)) continue;
    throw new MongoError(
      typeof missing === 'number' ? missing : (missing[key] ?? 9),
      `Missing '${key}' parameter to ${name}`,
    );
  }
  return argument;
}

/** The type of a value as error messages name it. */
export function describe(value: Value | undefined): string {
  return value === undefined ? 'missing' : typeName(typeOf(value));
}
