export type TwmdLine =
  | { readonly kind: 'address'; readonly url: string }
  /** It asks for cookies on stdin, and would ask X again and again. */
  | { readonly kind: 'prompt' }
  | { readonly kind: 'other' };

const PROMPT = /Invalid cookies|Bad Cookies|Enter cookies string|auth_token cookie|^false$/i;

/** Reads one line of twmd's stdout (source: its 1.14.2 against a stand-in of X). */
export function parseTwmdLine(line: string): TwmdLine {
  const text = line.trim();
  if (/^https?:\/\/\S+$/.test(text)) return { kind: 'address', url: text };
  return { kind: PROMPT.test(text) ? 'prompt' : 'other' };
}
