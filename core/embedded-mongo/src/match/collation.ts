import { mongoError } from '../errors.ts';
import { isNumber } from '../bson/exact.ts';
import type { StringCompare } from '../bson/compare.ts';
import { toNumber } from '../bson/numbers.ts';
import { int, typeName, typeOf } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';

const sensitivities = new Map<number, 'base' | 'accent' | 'variant'>([
  [1, 'base'],
  [2, 'accent'],
  [3, 'variant'],
]);

const booleans = ['caseLevel', 'numericOrdering', 'normalization', 'backwards'];
const words: ReadonlyMap<string, readonly string[]> = new Map([
  ['caseFirst', ['off', 'upper', 'lower']],
  ['alternate', ['non-ignorable', 'shifted']],
  ['maxVariable', ['punct', 'space']],
]);

function checkOption(name: string, value: Value): void {
  if (name === 'locale' || name === 'version') return;
  const wrong = (wanted: string): Error =>
    mongoError(
      'TypeMismatch',
      `BSON field 'collation.${name}' is the wrong type '${typeName(typeOf(value))}', expected type '${wanted}'`,
    );
  if (booleans.includes(name)) {
    if (typeof value !== 'boolean') throw wrong('bool');
  } else if (name === 'strength') {
    if (!isNumber(value)) throw wrong('int');
  } else {
    const allowed = words.get(name);
    if (!allowed) throw mongoError('UnknownField', `BSON field 'collation.${name}' is an unknown field.`);
    if (typeof value !== 'string') throw wrong('string');
    if (!allowed.includes(value))
      throw mongoError('BadValue', `Enumeration value '${value}' for field 'collation.${name}' is not a valid value.`);
  }
}

/**
 * A collation with everything that it says by silence, as MongoDB keeps and lists it.
 * @returns undefined for none and for the simple collation
 */
export function completeCollation(value: Value | undefined): Doc | undefined {
  if (!parseCollation(value) || !(value instanceof Map)) return undefined;
  return new Map<string, Value>([
    ['locale', value.get('locale') ?? ''],
    ['caseLevel', value.get('caseLevel') ?? false],
    ['caseFirst', value.get('caseFirst') ?? 'off'],
    ['strength', int(strengthOf(value))],
    ['numericOrdering', value.get('numericOrdering') ?? false],
    ['alternate', value.get('alternate') ?? 'non-ignorable'],
    ['maxVariable', value.get('maxVariable') ?? 'punct'],
    ['normalization', value.get('normalization') ?? false],
    ['backwards', value.get('backwards') ?? false],
    ['version', '57.1'],
  ]);
}

function strengthOf(collation: Doc): number {
  const strength = collation.get('strength');
  return isNumber(strength) ? toNumber(strength) : 3;
}

/**
 * Makes the string order of a collation document.
 * @returns undefined for none and for the simple collation
 * @throws MongoError 2 for options that this engine does not know
 */
export function parseCollation(value: Value | undefined): StringCompare | undefined {
  if (value === undefined || value === null) return undefined;
  if (!(value instanceof Map)) throw mongoError('TypeMismatch', 'collation must be an object');
  const locale = value.get('locale');
  if (value.size === 0) return undefined;
  if (typeof locale !== 'string')
    throw mongoError('MissingField', "BSON field 'collation.locale' is missing but a required field");
  if (locale === 'simple') return undefined;
  for (const [name, option] of value) checkOption(name, option);
  const level = strengthOf(value);
  const caseLevel = value.get('caseLevel') === true;
  const sensitivity = level === 1 && caseLevel ? 'case' : sensitivities.get(level);
  if (!sensitivity) throw mongoError('BadValue', `collation strength ${level} is not supported`);
  const caseFirst = value.get('caseFirst');
  try {
    const collator = new Intl.Collator(locale.replaceAll('_', '-'), {
      sensitivity,
      numeric: value.get('numericOrdering') === true,
      ignorePunctuation: value.get('alternate') === 'shifted',
      caseFirst: caseFirst === 'upper' || caseFirst === 'lower' ? caseFirst : 'false',
    });
    return (left, right) => collator.compare(left, right);
  } catch {
    throw mongoError('BadValue', `Field 'locale' is invalid in: { locale: "${locale}" }`);
  }
}
