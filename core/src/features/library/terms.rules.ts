const MAX_TERMS = 200;
const MAX_TERM_LENGTH = 64;
/** Latin, Greek and Cyrillic accents; Hebrew points; Arabic vowel signs and the stretching line; emoji styles and skin tones. */
const FOLDED_AWAY =
  /[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\ufe0e\ufe0f\u{1f3fb}-\u{1f3ff}]/gu;
const EMOJI = /[\p{Extended_Pictographic}\p{Regional_Indicator}]/u;
/** Letters that Unicode does not take apart, as people type them on another keyboard. */
const LETTERS: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ł: 'l',
  ı: 'i',
  ى: 'ي',
  ة: 'ه',
};
const LETTER = /[ßæœøđłıىة]/g;
/** What joins words that are looked for one by one: l’œuf, cool_handle, www.example.com. */
const JOINT = /['’ʼ._:·]/u;
const HALF_PAIR = /[\ud800-\udbff]$/;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/**
 * Folds case, accents and width, so that "Éclair" is found by "eclair" and a full-width letter by a plain one. Marks
 * that make another letter stay: the voicing of Japanese, the vowels of Indian scripts.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(FOLDED_AWAY, '')
    .replace(LETTER, (letter) => LETTERS[letter] ?? letter)
    .normalize('NFC');
}

/** Distinct normalised words and emoji of some texts: what search matches by prefix. The first texts count first. */
export function parseTerms(texts: readonly (string | undefined)[], most: number = MAX_TERMS): string[] {
  const terms = new Set<string>();
  for (const text of texts) {
    if (text === undefined) continue;
    for (const { segment, isWordLike } of segmenter.segment(foldText(text))) {
      if (isWordLike !== true && !EMOJI.test(segment)) continue;
      for (const part of partsOf(segment)) {
        terms.add(part.slice(0, MAX_TERM_LENGTH).replace(HALF_PAIR, ''));
        if (terms.size === most) return [...terms];
      }
    }
  }
  return [...terms];
}

/** A single letter before or after a joint says nothing. */
function partsOf(segment: string): string[] {
  const parts = segment.split(JOINT).filter((part) => part !== '');
  const long = parts.filter((part) => part.length > 1);
  return long.length > 0 ? long : parts;
}
