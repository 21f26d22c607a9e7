import { mongoError } from '../../errors.ts';
import { compare, equal } from '../../bson/compare.ts';
import { isNumber } from '../../bson/exact.ts';
import { toInteger, toNumber } from '../../bson/numbers.ts';
import { Regex, Type, typeName, typeOf } from '../../bson/values.ts';
import type { Value } from '../../bson/values.ts';
import { compileRegex } from '../regex.ts';
import { parseTypes } from '../types.ts';
import { broken, wrongType } from './rule.ts';
import type { KeywordParser } from './rule.ts';

const jsonTypes: ReadonlyMap<string, readonly number[]> = new Map([
  ['object', [Type.object]],
  ['array', [Type.array]],
  ['number', [Type.double, Type.int, Type.long, Type.decimal]],
  ['boolean', [Type.bool]],
  ['string', [Type.string]],
  ['null', [Type.null]],
]);

const wrong = (keyword: string, needs: string): Error =>
  mongoError('TypeMismatch', `$jsonSchema keyword '${keyword}' must be ${needs}`);

/** A whole number that is not negative, as lengths and counts are. */
export function wholeOf(keyword: string, value: Value): number {
  const number = isNumber(value) ? toInteger(value) : undefined;
  if (number === undefined) throw wrong(keyword, 'a number');
  if (number < 0) throw mongoError('FailedToParse', `$jsonSchema keyword '${keyword}' cannot be negative`);
  return number;
}

const bsonType: KeywordParser = (value) => {
  const names = Array.isArray(value) ? value : [value];
  if (!names.every((name) => typeof name === 'string')) throw wrong('bsonType', 'a string or an array of strings');
  const types = parseTypes(value);
  return (given) => (types.has(typeOf(given)) ? undefined : wrongType('bsonType', value, given));
};

const jsonType: KeywordParser = (value) => {
  const names = Array.isArray(value) ? value : [value];
  const types = new Set(
    names.flatMap((name) => {
      if (typeof name !== 'string') throw wrong('type', 'a string or an array of strings');
      const found = jsonTypes.get(name);
      if (!found)
        throw mongoError(
          name === 'integer' ? 'FailedToParse' : 'BadValue',
          `$jsonSchema type '${name}' is not currently supported or does not exist`,
        );
      return found;
    }),
  );
  return (given) => (types.has(typeOf(given)) ? undefined : wrongType('type', value, given));
};

const enumeration: KeywordParser = (value) => {
  if (!Array.isArray(value)) throw wrong('enum', 'an array');
  if (value.length === 0) throw mongoError('FailedToParse', "$jsonSchema keyword 'enum' cannot be an empty array");
  return (given) =>
    value.some((one) => equal(one, given)) ? undefined : broken('enum', value, 'value was not found in enum', given);
};

/** `minimum` and `maximum`, with the exclusive forms of draft 4 beside them. */
function bound(keyword: 'minimum' | 'maximum', exclusive: string, sign: 1 | -1): KeywordParser {
  return (value, schema) => {
    if (!isNumber(value)) throw wrong(keyword, 'a number');
    const strict = schema.get(exclusive);
    if (strict !== undefined && typeof strict !== 'boolean') throw wrong(exclusive, 'a boolean');
    return (given) => {
      if (!isNumber(given)) return undefined;
      const order = compare(given, value) * sign;
      return order < 0 || (order === 0 && strict === true)
        ? broken(keyword, value, 'comparison failed', given)
        : undefined;
    };
  };
}

function needsBound(exclusive: string, keyword: string): KeywordParser {
  return (_value, schema) => {
    if (!schema.has(keyword))
      throw mongoError(
        'FailedToParse',
        `$jsonSchema keyword '${keyword}' must be a present if ${exclusive} is present`,
      );
    return undefined;
  };
}

const multipleOf: KeywordParser = (value) => {
  if (!isNumber(value)) throw wrong('multipleOf', 'a number');
  const divisor = toNumber(value);
  if (!(divisor > 0)) throw mongoError('FailedToParse', "$jsonSchema keyword 'multipleOf' must have a positive value");
  return (given) =>
    isNumber(given) && toNumber(given) % divisor !== 0
      ? broken('multipleOf', value, 'considered value is not a multiple of the specified value', given)
      : undefined;
};

function length(keyword: 'minLength' | 'maxLength', ok: (length: number, limit: number) => boolean): KeywordParser {
  return (value) => {
    const limit = wholeOf(keyword, value);
    return (given) =>
      typeof given !== 'string' || ok(Array.from(given).length, limit)
        ? undefined
        : broken(keyword, value, 'specified string length was not satisfied', given);
  };
}

const pattern: KeywordParser = (value) => {
  if (typeof value !== 'string') throw wrong('pattern', 'a string');
  const regex = compileRegex(new Regex(value, ''));
  return (given) =>
    typeof given !== 'string' || regex.test(given)
      ? undefined
      : broken('pattern', value, 'regular expression did not match', given);
};

/** Only for people. */
function note(keyword: string): KeywordParser {
  return (value) => {
    if (typeof value !== 'string') throw wrong(keyword, `a string, not ${typeName(typeOf(value))}`);
    return undefined;
  };
}

/** The keywords that look at one value alone. */
export const scalarKeywords: Readonly<Record<string, KeywordParser>> = {
  bsonType,
  type: jsonType,
  enum: enumeration,
  minimum: bound('minimum', 'exclusiveMinimum', 1),
  maximum: bound('maximum', 'exclusiveMaximum', -1),
  exclusiveMinimum: needsBound('exclusiveMinimum', 'minimum'),
  exclusiveMaximum: needsBound('exclusiveMaximum', 'maximum'),
  multipleOf,
  minLength: length('minLength', (size, limit) => size >= limit),
  maxLength: length('maxLength', (size, limit) => size <= limit),
  pattern,
  title: note('title'),
  description: note('description'),
};
