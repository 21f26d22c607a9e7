import { MongoError } from '../../errors.ts';
import { compare } from '../../bson/compare.ts';
import type { Value } from '../../bson/values.ts';
import { describe, named } from './arguments.ts';
import { countOf } from './numbers.ts';
import { isNullish } from './scope.ts';
import type { Builder } from './scope.ts';

function some(take: (list: readonly Value[], count: number) => Value[]): Builder {
  return (argument, compile, name) => {
    const given = named(argument, name, ['input', 'n'], ['input', 'n']);
    const input = compile(given.get('input') ?? null);
    const n = compile(given.get('n') ?? null);
    return (scope) => {
      const list = input(scope);
      const count = countOf(name, n(scope));
      if (!Array.isArray(list))
        throw new MongoError(5788200, `Input must be an array in ${name}, not ${describe(list)}`);
      return take(list, count);
    };
  };
}

const sorted = (list: readonly Value[], sign: 1 | -1): Value[] =>
  list.filter((value) => !isNullish(value)).sort((left, right) => compare(left, right) * sign);

/** $firstN, $lastN, $minN and $maxN of an array. */
export const nOf: Record<string, Builder> = {
  $firstN: some((list, count) => list.slice(0, count)),
  $lastN: some((list, count) => list.slice(-count)),
  $minN: some((list, count) => sorted(list, 1).slice(0, count)),
  $maxN: some((list, count) => sorted(list, -1).slice(0, count)),
};
