import { encode } from '../bson/encode.ts';
import { Type } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { REPLY_ROOM } from './reply.ts';

const tail: Buffer = encode(new Map<string, Value>([['ok', 1]])).subarray(4);

const NAME = Buffer.from('\0value\0', 'latin1');

/** The fields of findAndModify's reply in front of its document. */
export function headOf(lastErrorObject: Doc): Buffer {
  return encode(new Map<string, Value>([['lastErrorObject', lastErrorObject]])).subarray(4, -1);
}

/** findAndModify's reply with room in front, put together from stored bytes in one buffer. */
export function valueReply(head: Buffer, value: Uint8Array | undefined): Buffer {
  const length = 4 + head.length + NAME.length + (value?.length ?? 0) + tail.length;
  const bytes = Buffer.allocUnsafe(REPLY_ROOM + length);
  let at = bytes.writeInt32LE(length, REPLY_ROOM);
  bytes.set(head, at);
  at += head.length;
  bytes.set(NAME, at);
  bytes[at] = value ? Type.object : Type.null;
  at += NAME.length;
  if (value) bytes.set(value, at);
  at += value?.length ?? 0;
  bytes.set(tail, at);
  return bytes;
}
