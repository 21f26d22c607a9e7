const MAX_TERMS = 200;
const MAX_TERM_LENGTH = 64;
const MARKS = /\p{M}/gu;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Folds case, accents and width, so that "Éclair" is found by "eclair" and a full-width letter by a plain one. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(MARKS, '').toLowerCase().normalize('NFC');
}

/** Distinct normalised words and emoji of some texts: what search matches by prefix. */
export function parseTerms(texts: readonly (string | undefined)[]): string[] {
  const terms = new Set<string>();
  for (const text of texts) {
    if (text === undefined) continue;
    for (const { segment, isWordLike } of segmenter.segment(foldText(text))) {
      if (isWordLike !== true && !/\p{Extended_Pictographic}/u.test(segment)) continue;
      terms.add(segment.slice(0, MAX_TERM_LENGTH));
      if (terms.size === MAX_TERMS) return [...terms];
    }
  }
  return [...terms];
}
