import { EJSON, serialize } from 'bson';
import { decode } from '../../src/bson/decode.ts';
import { encode } from '../../src/bson/encode.ts';
import { deserialize } from 'bson';
import type { Doc } from '../../src/bson/values.ts';

/** A document from plain values of the driver: 1 is an Int32, a Date a date, `new Double(1)` a Double. */
export function fromPlain(value: object): Doc {
  return decode(serialize(value, { ignoreUndefined: true }));
}

/** A document as canonical Extended JSON, to compare and to print. */
export function toText(document: Doc): string {
  return EJSON.stringify(deserialize(encode(document), { promoteValues: false }), { relaxed: false });
}
