import { mongoError } from '../errors.ts';
import { isNumber } from '../bson/exact.ts';
import type { StringCompare } from '../bson/compare.ts';
import { toNumber } from '../bson/numbers.ts';
import type { Value } from '../bson/values.ts';

const sensitivities = new Map<number, 'base' | 'accent' | 'variant'>([
  [1, 'base'],
  [2, 'accent'],
  [3, 'variant'],
]);

/**
 * Makes the string order of a collation document.
 * @returns undefined for none and for the simple collation
 * @throws MongoError 2 for options that this engine does not know
 */
export function parseCollation(value: Value | undefined): StringCompare | undefined {
  if (value === undefined) return undefined;
  if (!(value instanceof Map)) throw mongoError('TypeMismatch', 'collation must be an object');
  const locale = value.get('locale');
  if (typeof locale !== 'string') throw mongoError('MissingField', 'collation needs a locale');
  if (locale === 'simple' || value.size === 0) return undefined;
  const strength = value.get('strength');
  const level = isNumber(strength) ? toNumber(strength) : 3;
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
