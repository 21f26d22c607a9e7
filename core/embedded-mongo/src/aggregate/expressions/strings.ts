import { MongoError } from '../../errors.ts';
import { compareText } from '../../bson/compare.ts';
import { isNumber } from '../../bson/exact.ts';
import { toInteger } from '../../bson/numbers.ts';
import { Regex, int } from '../../bson/values.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { compileRegex } from '../../match/regex.ts';
import { describe, fixed, named, variadic } from './arguments.ts';
import { toText } from './conversions.ts';
import { isNullish } from './scope.ts';
import type { Builder } from './scope.ts';

function integerOf(name: string, value: Value | undefined, notNumber: number, notWhole = notNumber): number {
  if (!isNumber(value)) throw new MongoError(notNumber, `${name}: a number is needed, not ${describe(value)}`);
  const number = toInteger(value);
  if (number === undefined) throw new MongoError(notWhole, `${name}: a whole number is needed`);
  return number;
}

const points = (text: string): string[] => Array.from(text);

const substrPoints = fixed(3, (value, start, length) => {
  const text = isNullish(value) ? '' : toText(value);
  const from = integerOf('$substrCP', start, 34450, 34451);
  const count = integerOf('$substrCP', length, 34452, 34453);
  if (from < 0) throw new MongoError(34455, '$substrCP: the starting index must be a non-negative integer');
  if (count < 0) throw new MongoError(34454, '$substrCP: length must be a nonnegative integer');
  return points(text)
    .slice(from, from + count)
    .join('');
});

const substrBytes = fixed(3, (value, start, length) => {
  const bytes = Buffer.from(isNullish(value) ? '' : toText(value), 'utf8');
  const from = integerOf('$substrBytes', start, 16034);
  const count = integerOf('$substrBytes', length, 16035);
  if (from < 0) throw new MongoError(50752, '$substrBytes: starting index must be non-negative');
  const end = count < 0 ? bytes.length : Math.min(bytes.length, from + count);
  const middle = (at: number): boolean => at < bytes.length && (bytes.readUInt8(at) & 0xc0) === 0x80;
  if (middle(from) || middle(end))
    throw new MongoError(28656, '$substrBytes: Invalid range, it splits a UTF-8 character');
  return bytes.toString('utf8', from, end);
});

function indexOf(name: string, split: (text: string) => readonly string[], code: number): Builder {
  return fixed([2, 4], (value, wanted, start, end) => {
    if (isNullish(value)) return null;
    if (typeof value !== 'string')
      throw new MongoError(code, `${name} requires a string as the first argument, found: ${describe(value)}`);
    if (typeof wanted !== 'string')
      throw new MongoError(code + 1, `${name} requires a string as the second argument, found: ${describe(wanted)}`);
    const list = split(value);
    const needle = split(wanted);
    const bound = (one: Value): number => {
      const index = integerOf(name, one, 40096);
      if (index < 0) throw new MongoError(40097, `${name} requires a nonnegative index`);
      return index;
    };
    const from = start === undefined ? 0 : bound(start);
    const to = end === undefined ? list.length : Math.min(list.length, bound(end));
    for (let at = from; at + needle.length <= to; at++) {
      if (needle.every((one, index) => list[at + index] === one)) return int(at);
    }
    return int(-1);
  });
}

const bytesOf = (text: string): string[] => Array.from(Buffer.from(text, 'utf8'), (byte) => String(byte));

const WHITE = ' \t\n\v\f\r\u0000\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a';

function trim(atStart: boolean, atEnd: boolean): Builder {
  return (argument, compile, name) => {
    const given = named(argument, name, ['input', 'chars'], ['input']);
    const input = compile(given.get('input') ?? null);
    const charsValue = given.get('chars');
    const chars = charsValue === undefined ? undefined : compile(charsValue);
    return (scope) => {
      const text = input(scope);
      const set = chars ? chars(scope) : WHITE;
      if (isNullish(text) || isNullish(set)) return null;
      if (typeof text !== 'string')
        throw new MongoError(50699, `${name} requires its input to be a string, got ${describe(text)}`);
      if (typeof set !== 'string')
        throw new MongoError(50700, `${name} requires 'chars' to be a string, got ${describe(set)}`);
      const list = points(text);
      const drop = new Set(points(set));
      let from = 0;
      let to = list.length;
      while (atStart && from < to && drop.has(list[from] ?? '')) from++;
      while (atEnd && to > from && drop.has(list[to - 1] ?? '')) to--;
      return list.slice(from, to).join('');
    };
  };
}

function replace(all: boolean): Builder {
  return (argument, compile, name) => {
    const given = named(argument, name, ['input', 'find', 'replacement'], ['input', 'find', 'replacement']);
    const [input, find, replacement] = ['input', 'find', 'replacement'].map((field) =>
      compile(given.get(field) ?? null),
    );
    return (scope) => {
      const [text, from, to] = [input?.(scope), find?.(scope), replacement?.(scope)];
      for (const [field, one, code] of [
        ['input', text, 51746],
        ['find', from, 51745],
        ['replacement', to, 51744],
      ] as const) {
        if (!isNullish(one) && typeof one !== 'string')
          throw new MongoError(code, `${name} requires that '${field}' be a string, found: ${describe(one)}`);
      }
      if (typeof text !== 'string' || typeof from !== 'string' || typeof to !== 'string') return null;
      return all ? text.split(from).join(to) : text.replace(from, () => to);
    };
  };
}

function regex(kind: 'match' | 'find' | 'all'): Builder {
  return (argument, compile, name) => {
    const given = named(argument, name, ['input', 'regex', 'options'], ['input', 'regex']);
    const input = compile(given.get('input') ?? null);
    const pattern = compile(given.get('regex') ?? null);
    const options = given.get('options');
    let last = new Regex('', '');
    return (scope) => {
      const text = input(scope);
      const source = pattern(scope);
      if (isNullish(text) || isNullish(source)) return kind === 'match' ? false : kind === 'find' ? null : [];
      if (typeof text !== 'string') throw new MongoError(51104, `${name} needs 'input' to be of type string`);
      const flags = typeof options === 'string' ? options : source instanceof Regex ? source.flags : '';
      const body = source instanceof Regex ? source.pattern : source;
      if (typeof body !== 'string') throw new MongoError(51105, `${name} needs 'regex' to be of type string or regex`);
      if (last.pattern !== body || last.flags !== flags) last = new Regex(body, flags);
      const compiled = compileRegex(last);
      if (kind === 'match') return compiled.test(text);
      const found = compiled.find(text, kind === 'find').map((one) => matchDocument(text, one));
      return kind === 'all' ? found : (found[0] ?? null);
    };
  };
}

function matchDocument(text: string, found: RegExpExecArray): Doc {
  return new Map<string, Value>([
    ['match', found[0]],
    ['idx', int(points(text.slice(0, found.index)).length)],
    ['captures', found.slice(1).map((capture: string | undefined) => capture ?? null)],
  ]);
}

/** Only ASCII letters change, as in MongoDB. */
const upper = (text: string): string => text.replace(/[a-z]+/g, (letters) => letters.toUpperCase());
const lower = (text: string): string => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

function length(name: string, code: number, measure: (text: string) => number): Builder {
  return fixed(1, (value) => {
    if (typeof value !== 'string')
      throw new MongoError(code, `${name} requires a string argument, found: ${describe(value)}`);
    return int(measure(value));
  });
}

export const strings: Record<string, Builder> = {
  $concat: variadic((values) => {
    let result = '';
    for (const value of values) {
      if (isNullish(value)) return null;
      if (typeof value !== 'string')
        throw new MongoError(16702, `$concat only supports strings, not ${describe(value)}`);
      result += value;
    }
    return result;
  }),
  $toLower: fixed(1, (value) => (isNullish(value) ? '' : lower(toText(value)))),
  $toUpper: fixed(1, (value) => (isNullish(value) ? '' : upper(toText(value)))),
  $substr: substrBytes,
  $substrBytes: substrBytes,
  $substrCP: substrPoints,
  $strLenCP: length('$strLenCP', 34471, (text) => points(text).length),
  $strLenBytes: length('$strLenBytes', 34473, (text) => Buffer.byteLength(text)),
  $indexOfCP: indexOf('$indexOfCP', points, 40093),
  $indexOfBytes: indexOf('$indexOfBytes', bytesOf, 40091),
  $split: fixed(2, (value, separator) => {
    if (isNullish(value) || isNullish(separator)) return null;
    if (typeof value !== 'string')
      throw new MongoError(
        40085,
        `$split requires an expression that evaluates to a string as a first argument, found: ${describe(value)}`,
      );
    if (typeof separator !== 'string')
      throw new MongoError(
        40086,
        `$split requires an expression that evaluates to a string as a second argument, found: ${describe(separator)}`,
      );
    if (separator === '') throw new MongoError(40087, '$split requires a non-empty separator');
    return value.split(separator);
  }),
  $strcasecmp: fixed(2, (left, right) => {
    const [a, b] = [left, right].map((value) => (isNullish(value) ? '' : upper(toText(value))));
    return int(compareText(a ?? '', b ?? ''));
  }),
  $trim: trim(true, true),
  $ltrim: trim(true, false),
  $rtrim: trim(false, true),
  $replaceOne: replace(false),
  $replaceAll: replace(true),
  $regexMatch: regex('match'),
  $regexFind: regex('find'),
  $regexFindAll: regex('all'),
};
