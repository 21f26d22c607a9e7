import { CodedError } from '../../../errors.ts';

const MAX_LENGTH = 255;
/** Controls, line ends, and what turns the direction of text around or cannot be seen at all. */
const UNSEEN = /[\p{Cc}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\p{Cs}]/u;

/** The name as it is kept. @throws MF_ERR_VALIDATION */
export function normalizeFolderName(text: string): string {
  const name = text.trim().normalize('NFC');
  if (name === '') throw new CodedError('MF_ERR_VALIDATION', 'A folder needs a name.');
  if (name.length > MAX_LENGTH)
    throw new CodedError('MF_ERR_VALIDATION', `A folder's name has at most ${MAX_LENGTH} characters.`);
  if (name.includes('/') || UNSEEN.test(name))
    throw new CodedError('MF_ERR_VALIDATION', "A folder's name has no slash and no invisible characters.");
  if (name === '.' || name === '..') throw new CodedError('MF_ERR_VALIDATION', 'A folder needs another name.');
  return name;
}
