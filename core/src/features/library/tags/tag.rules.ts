import { CodedError } from '../../../errors.ts';
import { labelOf } from '../listing/list-facts.rules.ts';

const MAX_LENGTH = 64;
const MAX_TAGS = 50;
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\p{Cs}]/u;

/** A tag as it is kept: without its `#`. @throws MF_ERR_VALIDATION */
export function normalizeTag(text: string): string {
  const tag = text.trim().replace(/^#+/, '').trim().normalize('NFC');
  if (tag === '' || tag.length > MAX_LENGTH || UNSEEN.test(tag) || labelOf(tag) === '')
    throw new CodedError('MF_ERR_VALIDATION', `A tag has 1 to ${MAX_LENGTH} visible characters.`);
  return tag;
}

/** Tags that differ, the first spelling of each. @throws MF_ERR_VALIDATION */
export function normalizeTags(texts: readonly string[]): string[] {
  const byLabel = new Map<string, string>();
  for (const tag of texts.map(normalizeTag)) if (!byLabel.has(labelOf(tag))) byLabel.set(labelOf(tag), tag);
  if (byLabel.size > MAX_TAGS) throw new CodedError('MF_ERR_VALIDATION', `A post has at most ${MAX_TAGS} tags.`);
  return [...byLabel.values()];
}

/** Tags with some added and some, by whatever spelling, taken away. @throws MF_ERR_VALIDATION */
export function changeTags(tags: readonly string[], add: readonly string[], remove: readonly string[]): string[] {
  const gone = new Set(remove.map(labelOf));
  return normalizeTags([...tags.filter((tag) => !gone.has(labelOf(tag))), ...add]);
}
