import { MongoError } from '../errors.ts';
import type { Regex } from '../bson/values.ts';
import { BoundedRegex } from './bounded-regex.ts';

/** Drops white space and comments, as the option x asks for. */
function stripExtended(pattern: string): string {
  let result = '';
  let inClass = false;
  for (let index = 0; index < pattern.length; index++) {
    const char = pattern.charAt(index);
    if (char === '\\') {
      result += char + pattern.charAt(++index);
      continue;
    }
    if (char === '[') inClass = true;
    if (char === ']') inClass = false;
    if (!inClass && /\s/.test(char)) continue;
    if (!inClass && char === '#') {
      while (index < pattern.length && pattern.charAt(index) !== '\n') index++;
      continue;
    }
    result += char;
  }
  return result;
}

/** PCRE spellings that JavaScript writes differently. */
function translate(pattern: string): string {
  return pattern
    .replaceAll('(?P<', '(?<')
    .replaceAll(/\(\?P=(\w+)\)/g, '\\k<$1>')
    .replaceAll(/(^|[^\\])\\A/g, '$1(?<![\\s\\S])')
    .replaceAll(/(^|[^\\])\\[zZ]/g, '$1(?![\\s\\S])')
    .replaceAll(/(^|[^\\])\\h/g, '$1[ \\t]');
}

/** As PCRE takes them. */
const LONGEST_PATTERN = 32_764;

const compiled = new WeakMap<Regex, BoundedRegex>();

const invalid = (reason: string): Error => new MongoError(51091, `Regular expression is invalid: ${reason}`);

/**
 * Compiles a BSON regular expression.
 * @throws MongoError 51091 for a pattern, 51108 for a flag that does not exist
 */
export function compileRegex(source: Regex): BoundedRegex {
  const found = compiled.get(source);
  if (found) return found;
  if (source.pattern.length > LONGEST_PATTERN) throw invalid('regular expression is too large');
  const regex = new BoundedRegex(toRegExp(source));
  compiled.set(source, regex);
  return regex;
}

function toRegExp(source: Regex): RegExp {
  let flags = '';
  let pattern = source.pattern;
  let options = source.flags;
  const inline = /^\(\?([imsx]+)\)/.exec(pattern);
  if (inline) {
    pattern = pattern.slice(inline[0].length);
    options += inline[1] ?? '';
  }
  for (const flag of new Set(options)) {
    if ('ims'.includes(flag)) flags += flag;
    else if (flag === 'x') pattern = stripExtended(pattern);
    else if (flag !== 'u' && flag !== 'l') throw new MongoError(51108, `invalid flag in regex options: ${flag}`);
  }
  const translated = translate(pattern);
  try {
    return new RegExp(translated, `${flags}u`);
  } catch {
    // Escapes such as \- or \_ are errors in Unicode mode only.
  }
  try {
    return new RegExp(translated, flags);
  } catch (error) {
    throw invalid(error instanceof Error ? error.message : 'unreadable');
  }
}

/** Whether a regular expression matches exactly the strings that begin with its literal prefix. */
export function isPrefixOnly(source: Regex): boolean {
  const prefix = literalPrefix(source);
  if (prefix === undefined || source.flags !== '') return false;
  return source.pattern.replaceAll(/\\([^A-Za-z0-9])/gu, '$1').slice(1) === prefix;
}

/**
 * The literal text that every match begins with, for index bounds.
 * @returns undefined when there is none to rely on
 */
export function literalPrefix(source: Regex): string | undefined {
  if (/[imx]/.test(source.flags) || source.pattern.startsWith('(?') || source.pattern.includes('|')) return undefined;
  const start = /^(\^|\\A)/.exec(source.pattern);
  if (!start) return undefined;
  let prefix = '';
  let rest = source.pattern.slice(start[0].length);
  for (;;) {
    const literal = /^(?:([^\\^$.|?*+()[\]{}])|\\([^A-Za-z0-9]))/u.exec(rest);
    if (!literal) break;
    const next = rest.slice(literal[0].length);
    if (/^[?*+{]/.test(next)) break;
    prefix += literal[1] ?? literal[2] ?? '';
    rest = next;
  }
  return prefix === '' ? undefined : prefix;
}
