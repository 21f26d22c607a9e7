import { decode } from '../bson/decode.ts';
import type { Doc } from '../bson/values.ts';
import { HEADER, OpCode } from './framing.ts';

/** The legacy query that drivers still begin with. */
export interface OpQuery {
  readonly namespace: string;
  readonly body: Doc;
}

/** @throws RangeError when it is malformed */
export function parseOpQuery(payload: Buffer): OpQuery {
  const zero = payload.indexOf(0, 4);
  if (zero === -1 || zero + 13 > payload.length) throw new RangeError('an OP_QUERY without a name');
  const at = zero + 9;
  const length = payload.readInt32LE(at);
  if (length < 5 || at + length > payload.length) throw new RangeError('an OP_QUERY lies about its length');
  return { namespace: payload.toString('utf8', 4, zero), body: decode(payload.subarray(at, at + length)) };
}

/** The whole OP_REPLY with one document. */
export function frameOpReply(id: number, responseTo: number, document: Buffer): Buffer {
  const length = HEADER + 20 + document.length;
  const bytes = Buffer.alloc(length);
  bytes.writeInt32LE(length, 0);
  bytes.writeInt32LE(id, 4);
  bytes.writeInt32LE(responseTo, 8);
  bytes.writeInt32LE(OpCode.reply, 12);
  bytes.writeInt32LE(8, 16);
  bytes.writeInt32LE(1, 32);
  bytes.set(document, 36);
  return bytes;
}
