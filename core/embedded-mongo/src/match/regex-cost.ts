/** How the time of a regular expression grows with the text, at its worst. */
export interface Growth {
  /** Time grows as length to this power; Infinity when it may double with each character. */
  readonly degree: number;
}

interface Group {
  /** Whether something inside repeats, or gives a choice. */
  ambiguous: boolean;
}

const MANY = 10;

interface Quantifier {
  readonly length: number;
  readonly least: number;
  readonly most: number;
}

function quantifierAt(pattern: string, at: number): Quantifier | undefined {
  const char = pattern[at];
  if (char === '*') return { length: 1, least: 0, most: Infinity };
  if (char === '+') return { length: 1, least: 1, most: Infinity };
  if (char === '?') return { length: 1, least: 0, most: 1 };
  const braces = /^\{(\d+)(,(\d*))?\}/.exec(pattern.slice(at, at + 24));
  if (!braces) return undefined;
  const least = Number(braces[1]);
  const most = braces[2] === undefined ? least : braces[3] === '' ? Infinity : Number(braces[3]);
  return { length: braces[0].length, least, most };
}

function classEnd(pattern: string, start: number): number {
  let at = start + 1;
  if (pattern[at] === '^') at++;
  if (pattern[at] === ']') at++;
  while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
  return at;
}

/**
 * Judges a pattern by its repetitions: each that has no end adds one to the power, and one inside another, a repeated
 * choice or a back-reference makes the worst of it.
 */
export function growthOf(pattern: string): Growth {
  const open: Group[] = [];
  let repeats = 0;
  let optionals = 0;
  let current: Group = { ambiguous: false };
  let closed: Group | undefined;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at];
    closed = undefined;
    if (char === '\\') {
      if (/^\\([1-9]|k<)/.test(pattern.slice(at, at + 3))) return { degree: Infinity };
      at++;
    } else if (char === '[') at = classEnd(pattern, at);
    else if (char === '|') current.ambiguous = true;
    else if (char === '(') {
      open.push(current);
      current = { ambiguous: false };
      continue;
    } else if (char === ')') {
      closed = current;
      current = open.pop() ?? { ambiguous: false };
      current.ambiguous ||= closed.ambiguous;
    }
    const quantifier = quantifierAt(pattern, at + 1);
    if (!quantifier) continue;
    at += quantifier.length;
    if (pattern[at + 1] === '?') at++;
    if (quantifier.most > 1 && closed?.ambiguous) return { degree: Infinity };
    if (quantifier.most > MANY) repeats++;
    else if (quantifier.most !== quantifier.least) optionals++;
    current.ambiguous = true;
  }
  if (optionals > MANY) return { degree: Infinity };
  const searches = repeats > 0 && !pattern.startsWith('^') ? 1 : 0;
  return { degree: Math.max(1, repeats + searches) };
}
