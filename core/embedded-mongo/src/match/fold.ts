import type { Doc, Value } from '../bson/values.ts';

/** Characters that no collation weighs: controls, and marks once they stand alone. */
const weightless = /[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2060-\u2064\ufeff]|\p{M}/gu;

/** Letters that are several letters to a collation that looks at base letters only. */
const spelled: ReadonlyMap<string, string> = new Map([
  ['æ', 'ae'],
  ['œ', 'oe'],
  ['ø', 'o'],
  ['đ', 'd'],
  ['ð', 'd'],
  ['ł', 'l'],
  ['ħ', 'h'],
  ['ŧ', 't'],
  ['þ', 'th'],
  ['ı', 'i'],
  ['ĸ', 'q'],
]);

function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(weightless, '')
    .replaceAll(/[æœøđðłħŧþıĸ]/g, (letter) => spelled.get(letter) ?? letter)
    .replaceAll(/[^\p{L}\p{N}]+/gu, '')
    .replaceAll(/0*(\p{N}+)/gu, '$1');
}

/**
 * A coarse form of a value: strings that some collation calls equal have one form, so that an index finds all that may be
 * equal; those it finds are compared again by the collation.
 */
export function foldValue(value: Value): Value {
  if (typeof value === 'string') return foldText(value);
  if (Array.isArray(value)) return value.map(foldValue);
  if (!(value instanceof Map)) return value;
  const result: Doc = new Map();
  for (const [name, field] of value) result.set(name, foldValue(field));
  return result;
}
