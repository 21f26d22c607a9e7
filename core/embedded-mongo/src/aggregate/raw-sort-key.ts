import { decodeValueAt } from '../bson/decode.ts';
import { compoundKey } from '../bson/keys.ts';
import { Sought, seek } from '../bson/scan.ts';
import type { Spot } from '../bson/scan.ts';
import { Type } from '../bson/values.ts';
import type { Value } from '../bson/values.ts';
import type { SortField } from './sort-field.ts';

/** Reads one field of raw BSON; `undefined` where an array lies on its path. */
type Reader = (bytes: Buffer) => Value | undefined;

function readerOf(parts: readonly string[]): Reader {
  const names = parts.map((part) => Buffer.from(part, 'utf8'));
  const spot: Spot = { type: 0, at: 0 };
  return (bytes) => {
    spot.type = Type.object;
    spot.at = 0;
    for (const name of names) {
      if (spot.type === Type.array) return undefined;
      if (spot.type !== Type.object || seek(bytes, spot.at, name, spot) !== Sought.yes) return null;
    }
    return spot.type === Type.array ? undefined : decodeValueAt(bytes, spot.type, spot.at);
  };
}

/**
 * Makes the sort key of a document from its bytes, which spares decoding all that is not sorted by.
 * @returns a function that gives undefined where the whole document is needed: an array has many keys
 */
export function createRawSortKey(fields: readonly SortField[]): (bytes: Buffer) => Buffer | undefined {
  const readers = fields.map(({ parts }) => readerOf(parts));
  const descending = fields.map((field) => field.descending);
  return (bytes) => {
    const values: Value[] = [];
    for (const read of readers) {
      const value = read(bytes);
      if (value === undefined) return undefined;
      values.push(value);
    }
    return compoundKey(values, descending);
  };
}
