import { encode } from '../bson/encode.ts';
import { Type } from '../bson/values.ts';
import type { Value } from '../bson/values.ts';
import { REPLY_ROOM } from './reply.ts';

const okElement = ((): Buffer => {
  const document = encode(new Map<string, Value>([['ok', 1]]));
  return document.subarray(4);
})();

/** Where the length of the inner document lies: after the outer length, its type and `cursor`. */
const CURSOR_AT = 4 + 1 + 7;

/** A reply up to the batch's own length, with its lengths still to be filled in. */
function headOf(field: string): Buffer {
  const head = Buffer.alloc(CURSOR_AT + 4 + 1 + field.length + 1);
  head.writeUInt8(Type.object, 4);
  head.write('cursor', 5, 'latin1');
  head.writeUInt8(Type.array, CURSOR_AT + 4);
  head.write(field, CURSOR_AT + 5, 'latin1');
  return head;
}

const firstHead = headOf('firstBatch');
const nextHead = headOf('nextBatch');

const tails = new Map<string, Buffer>();

/** The bytes between a batch and the end: `id` and `ns`. */
function tail(id: bigint, namespace: string): Buffer {
  return encode(
    new Map<string, Value>([
      ['id', id],
      ['ns', namespace],
    ]),
  ).subarray(4);
}

function tailOf(id: bigint, namespace: string): Buffer {
  if (id !== 0n) return tail(id, namespace);
  let known = tails.get(namespace);
  if (!known) {
    if (tails.size > 1000) tails.clear();
    known = tail(id, namespace);
    tails.set(namespace, known);
  }
  return known;
}

const digits = (value: number): number =>
  value < 10
    ? 1
    : value < 100
      ? 2
      : value < 1000
        ? 3
        : value < 10_000
          ? 4
          : value < 100_000
            ? 5
            : value < 1_000_000
              ? 6
              : 7;

/** A cursor's reply with room in front, put together from stored bytes in one buffer. */
export function cursorReply(
  field: 'firstBatch' | 'nextBatch',
  documents: readonly Uint8Array[],
  id: bigint,
  namespace: string,
): Buffer {
  const end = tailOf(id, namespace);
  let arrayLength = 5;
  for (let index = 0; index < documents.length; index++)
    arrayLength += 2 + digits(index) + (documents[index]?.length ?? 0);
  const head = field === 'firstBatch' ? firstHead : nextHead;
  const total = head.length + arrayLength + end.length + okElement.length;
  const bytes = Buffer.allocUnsafe(REPLY_ROOM + total);
  bytes.set(head, REPLY_ROOM);
  bytes.writeInt32LE(total, REPLY_ROOM);
  bytes.writeInt32LE(total - CURSOR_AT - okElement.length, REPLY_ROOM + CURSOR_AT);
  let at = bytes.writeInt32LE(arrayLength, REPLY_ROOM + head.length);
  for (let index = 0; index < documents.length; index++) {
    const document = documents[index];
    if (!document) continue;
    at = bytes.writeUInt8(Type.object, at);
    at = writeIndex(bytes, index, at);
    bytes.set(document, at);
    at += document.length;
  }
  at = bytes.writeUInt8(0, at);
  bytes.set(end, at);
  bytes.set(okElement, at + end.length);
  return bytes;
}

function writeIndex(bytes: Buffer, index: number, at: number): number {
  if (index < 10) {
    bytes[at] = 0x30 + index;
    bytes[at + 1] = 0;
    return at + 2;
  }
  return at + bytes.write(`${index}\0`, at, 'latin1');
}
