import { decimalFromString } from '../../src/bson/decimal.ts';
import { Int32, Regex, int, maxKey, minKey } from '../../src/bson/values.ts';
import type { Doc, Value } from '../../src/bson/values.ts';
import type { Random } from './random.ts';

export const document = (entries: readonly (readonly [string, Value])[]): Doc => new Map(entries);
const paths = ['a', 'b', 'c', 'a.b', 'a.c', 'b.a', 'a.b.c', 'd'];

/** A value that is no container, small so that equal ones turn up. */
export function scalar(random: Random): Value {
  return random.pick<() => Value>([
    () => int(random.below(6)),
    () => random.below(6),
    () => random.below(12) / 2,
    () => BigInt(random.below(6)),
    () => null,
    () => random.pick(['', 'a', 'ab', 'abc', 'b', 'B']),
    () => random.chance(0.5),
    () => random.pick([NaN, Infinity, -Infinity, -0]),
    () => decimalFromString(random.pick(['1', '2.5', '3'])),
    () => random.pick([minKey, maxKey]),
    () => new Regex(random.pick(['^a', '^ab', 'b']), ''),
  ])();
}

/** Any value. */
export function value(random: Random, depth: number): Value {
  const roll = random.below(10);
  if (depth < 3 && roll < 2) return Array.from({ length: random.below(4) }, () => value(random, depth + 1));
  if (depth < 3 && roll < 4) return object(random, depth + 1);
  return scalar(random);
}

/** A document with some of the fields a to d. */
export function object(random: Random, depth: number): Doc {
  const names = ['a', 'b', 'c', 'd'].filter(() => random.chance(0.6));
  return document(names.map((name): [string, Value] => [name, value(random, depth)]));
}

/** What a filter may ask of one path. */
export function condition(random: Random): Value {
  const number = (): Value => scalar(random);
  return random.pick<() => Value>([
    () => value(random, 2),
    () => document([[random.pick(['$gt', '$gte', '$lt', '$lte']), nonRegex(random)]]),
    () =>
      document([
        ['$gte', nonRegex(random)],
        ['$lte', nonRegex(random)],
      ]),
    () =>
      document([
        ['$gt', int(random.below(4))],
        ['$lt', int(random.below(6))],
      ]),
    () => document([['$in', Array.from({ length: random.below(4) }, number)]]),
    () => document([['$nin', Array.from({ length: random.below(3) }, number)]]),
    () => document([['$ne', nonRegex(random)]]),
    () => document([['$exists', random.chance(0.5)]]),
    () => document([['$type', random.pick(['string', 'number', 'array', 'object', 'null'])]]),
    () => new Regex(random.pick(['^a', '^ab', '^a.', 'b', '^ab?', '^(a|b)']), random.pick(['', '', 'i'])),
    () => document([['$not', document([['$gt', nonRegex(random)]])]]),
    () =>
      document([
        [
          '$elemMatch',
          document([
            ['$gte', nonRegex(random)],
            ['$lte', nonRegex(random)],
          ]),
        ],
      ]),
    () =>
      document([
        [
          '$elemMatch',
          document([
            ['b', scalar(random)],
            ['c', document([['$gte', nonRegex(random)]])],
          ]),
        ],
      ]),
    () => document([['$all', Array.from({ length: 1 + random.below(2) }, number)]]),
    () => document([['$size', int(random.below(3))]]),
    () => document([['$eq', value(random, 2)]]),
  ])();
}

function nonRegex(random: Random): Value {
  for (;;) {
    const one = random.chance(0.15) ? value(random, 2) : scalar(random);
    if (!(one instanceof Regex)) return one;
  }
}

/** A filter over the paths. */
export function filter(random: Random, depth = 0): Doc {
  if (depth < 2 && random.chance(0.15)) {
    return document([
      [
        random.pick(['$and', '$or', '$nor']),
        Array.from({ length: 1 + random.below(2) }, () => filter(random, depth + 1)),
      ],
    ]);
  }
  const result: Doc = new Map();
  for (let count = random.below(4); count > 0; count--) result.set(random.pick(paths), condition(random));
  if (depth === 0 && random.chance(0.1)) result.set('$or', [filter(random, 1), filter(random, 1)]);
  return result;
}

/** A sort that ends with _id, so that its order is one. */
export function sort(random: Random): Doc {
  const result: Doc = new Map();
  for (let count = random.below(3); count > 0; count--)
    result.set(random.pick(paths), int(random.chance(0.5) ? 1 : -1));
  return result.set('_id', int(1));
}

/** Six index definitions. */
export function indexes(random: Random): Doc[] {
  return Array.from({ length: 6 }, (_, number) => {
    const key: Doc = new Map();
    for (let count = 1 + random.below(3); count > 0; count--)
      key.set(random.pick(paths), int(random.chance(0.6) ? 1 : -1));
    const result: Doc = document([
      ['key', key],
      ['name', `i${number}`],
    ]);
    if (random.chance(0.2)) result.set('sparse', true);
    else if (random.chance(0.2))
      result.set(
        'partialFilterExpression',
        document([
          [
            random.pick(paths),
            random.pick<Value>([document([['$exists', true]]), document([['$gt', int(1)]]), int(2)]),
          ],
        ]),
      );
    return result;
  });
}

/** An update of one path. */
export function update(random: Random): Doc {
  const path = random.pick(paths);
  return random.pick<() => Doc>([
    () => document([['$set', document([[path, value(random, 1)]])]]),
    () => document([['$unset', document([[path, true]])]]),
    () => document([['$inc', document([[path, new Int32(random.below(3))]])]]),
    () => document([['$push', document([[path, scalar(random)]])]]),
    () => document([['$pull', document([[path, nonRegex(random)]])]]),
    () => document([['$addToSet', document([[path, scalar(random)]])]]),
  ])();
}
