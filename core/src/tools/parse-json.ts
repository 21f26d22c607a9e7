/** Digits that a double may not hold. */
const LONG_DIGITS = /\d{16}/;

/**
 * Reads JSON; a whole number that a double cannot hold keeps its digits, as a text: ids of posts and people are such numbers.
 * @throws SyntaxError
 */
export function parseExactJson(text: string): unknown {
  return LONG_DIGITS.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

/** `context` is newer than the library types of the language: the source of a primitive value. */
function keepDigits(_name: string, value: unknown, context?: { readonly source?: string }): unknown {
  const source = context?.source ?? '';
  return typeof value === 'number' && !Number.isSafeInteger(value) && /^-?\d+$/.test(source) ? source : value;
}
