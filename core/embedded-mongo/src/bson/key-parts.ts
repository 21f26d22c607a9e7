import { canonicalRank } from './compare.ts';
import { Type } from './values.ts';

const STRING = canonicalRank(Type.string);
const NUMBER = canonicalRank(Type.int);
/** Behind a number's first byte: this where a Double follows. */
const FINITE = 2;
/** Bytes behind the first one, of values that are all of one length. */
const LENGTHS: ReadonlyMap<number, number> = new Map([
  [canonicalRank(Type.null), 0],
  [canonicalRank(Type.objectId), 12],
  [canonicalRank(Type.bool), 1],
  [canonicalRank(Type.date), 8],
]);

/**
 * Where an ascending component of a compound key ends.
 * @param at its first byte
 * @returns undefined for the types that this does not read
 */
export function endOfComponent(key: Buffer, at: number): number | undefined {
  const rank = key[at];
  if (rank === undefined) return undefined;
  if (rank === STRING) {
    // 00 FF stands for a NUL inside the text, 00 01 ends it.
    for (let end = key.indexOf(0, at + 1); end !== -1; end = key.indexOf(0, end + 2))
      if (key[end + 1] === 1) return end + 2;
    return undefined;
  }
  if (rank === NUMBER) return endOfNumber(key, at);
  const length = LENGTHS.get(rank);
  return length === undefined ? undefined : at + 1 + length;
}

/** @returns undefined for what no Double holds exactly: its digits follow */
function endOfNumber(key: Buffer, at: number): number | undefined {
  if (key[at + 1] !== FINITE) return at + 2;
  return key[at + 10] === 0 ? at + 11 : undefined;
}
