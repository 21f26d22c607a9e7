import { decimalFromString } from '../../src/bson/decimal.ts';
import {
  Binary,
  BsonSymbol,
  Code,
  DateTime,
  Int32,
  ObjectId,
  Regex,
  Timestamp,
  maxKey,
  minKey,
  undefinedValue,
} from '../../src/bson/values.ts';
import type { Doc, Value } from '../../src/bson/values.ts';

/** A repeatable source of numbers: mulberry32. */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let value = this.#state;
    value = Math.imul(value ^ (value >>> 15), value | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  }

  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(list: readonly T[]): T {
    const item = list[this.below(list.length)];
    if (item === undefined) throw new RangeError('nothing to pick from');
    return item;
  }

  chance(probability: number): boolean {
    return this.next() < probability;
  }
}

/** The seed of this run: SEED in the environment, or a new one. */
export function seedOf(): number {
  return Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31));
}

const doubles = [
  0,
  -0,
  1,
  -1,
  1.5,
  NaN,
  Infinity,
  -Infinity,
  Number.MAX_VALUE,
  Number.MIN_VALUE,
  9007199254740992,
  0.1,
  1e300,
  -1e-300,
];
const longs = [
  0n,
  1n,
  -1n,
  9007199254740993n,
  9007199254740992n,
  -9007199254740993n,
  2n ** 63n - 1n,
  -(2n ** 63n),
  255n,
];
const decimals = [
  '0',
  '-0',
  '1',
  '1.0',
  '0.1',
  '1E+3',
  'NaN',
  'Infinity',
  '-Infinity',
  '9007199254740993',
  '1E-6176',
  '9.999999999999999999999999999999999E+6144',
  '-0.1',
  '1E+400',
  '-1E+400',
  '1E-400',
  '0.1000000000000000055511151231257827',
];
const texts = ['', 'a', 'b', 'ab', 'a\0', 'a\0b', '\0', 'A', 'é', '\u{1f600}', '\uffff', '\ud7ff', 'zz'];

/** Any BSON value, small ones often so that equal pairs turn up. */
export function anyValue(random: Random, depth = 0): Value {
  switch (random.below(depth > 2 ? 18 : 22)) {
    case 0:
      return random.pick(doubles);
    case 1:
      return (random.next() - 0.5) * 10 ** random.below(20);
    case 2:
      return random.pick(longs);
    case 3:
      return BigInt(Math.floor((random.next() - 0.5) * 2 ** 53)) * BigInt(random.below(1000));
    case 4:
      return new Int32(random.below(5) - 2);
    case 5:
      return decimalFromString(random.pick(decimals));
    case 6:
      return decimalFromString(`${random.chance(0.5) ? '-' : ''}${random.below(1e6)}E${random.below(40) - 20}`);
    case 7:
      return random.pick(texts);
    case 8:
      return random.pick(texts) + random.pick(texts);
    case 9:
      return random.chance(0.5);
    case 10:
      return null;
    case 11:
      return new DateTime(BigInt(random.below(1000) - 500) * 10n ** BigInt(random.below(14)));
    case 12:
      return new ObjectId(
        Buffer.from(
          random.pick(['000000000000000000000000', 'ffffffffffffffffffffffff', '0123456789abcdef01234567']),
          'hex',
        ),
      );
    case 13:
      return new Binary(random.below(3), Buffer.from(random.pick(texts)));
    case 14:
      return new Regex(random.pick(['a', 'b', '^a', '']), random.pick(['', 'i', 'm']));
    case 15:
      return new Timestamp(BigInt(random.below(100)) << BigInt(random.below(50)));
    case 16:
      return random.pick([minKey, maxKey, undefinedValue]);
    case 17:
      return random.chance(0.5)
        ? new BsonSymbol(random.pick(texts))
        : new Code(random.pick(['x', 'y']), random.chance(0.5) ? new Map() : undefined);
    case 18:
    case 19:
      return anyDocument(random, depth + 1);
    default:
      return Array.from({ length: random.below(4) }, () => anyValue(random, depth + 1));
  }
}

export function anyDocument(random: Random, depth = 0): Doc {
  return new Map(
    Array.from({ length: random.below(4) }, (): [string, Value] => [
      random.pick(['a', 'b', 'c', '0', 'é', '__proto__']),
      anyValue(random, depth),
    ]),
  );
}
