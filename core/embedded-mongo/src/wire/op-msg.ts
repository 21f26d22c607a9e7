import { decode } from '../bson/decode.ts';
import type { Doc } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import { OpCode } from './framing.ts';

/** A command as OP_MSG carries it. */
export interface OpMsg {
  readonly body: Doc;
  readonly sequences: ReadonlyMap<string, readonly Buffer[]>;
  /** The client wants no answer. */
  readonly moreToCome: boolean;
}

/** The longest body: a document of the largest size, and the command around it. */
const MAX_BODY = 16 * 1024 * 1024 + 16 * 1024;

const CHECKSUM = 1;
const MORE_TO_COME = 2;

function documentAt(bytes: Buffer, at: number, end: number): Buffer {
  if (at + 5 > end) throw new RangeError('a section is cut off');
  const length = bytes.readInt32LE(at);
  if (length < 5 || at + length > end) throw new RangeError('a section lies about its length');
  return bytes.subarray(at, at + length);
}

function readSequence(bytes: Buffer, start: number, end: number): { name: string; documents: Buffer[]; next: number } {
  if (start + 4 > end) throw new RangeError('a sequence is cut off');
  const size = bytes.readInt32LE(start);
  const next = start + size;
  if (size < 5 || next > end) throw new RangeError('a sequence lies about its length');
  const zero = bytes.indexOf(0, start + 4);
  if (zero === -1 || zero >= next) throw new RangeError('a sequence has no name');
  const name = bytes.toString('utf8', start + 4, zero);
  const documents: Buffer[] = [];
  let at = zero + 1;
  while (at < next) {
    const document = documentAt(bytes, at, next);
    documents.push(document);
    at += document.length;
  }
  return { name, documents, next };
}

/**
 * Reads an OP_MSG.
 * @throws RangeError when it is malformed: the connection ends then
 */
export function parseOpMsg(payload: Buffer): OpMsg {
  if (payload.length < 9) throw new RangeError('an OP_MSG without a body');
  const flags = payload.readUInt32LE(0);
  if ((flags & 0xffff & ~(CHECKSUM | MORE_TO_COME)) !== 0) throw new RangeError('unknown required flags');
  const end = payload.length - (flags & CHECKSUM ? 4 : 0);
  const sequences = new Map<string, readonly Buffer[]>();
  let body: Buffer | undefined;
  let at = 4;
  while (at < end) {
    const kind = payload.readUInt8(at++);
    if (kind === 0) {
      if (body) throw new RangeError('two bodies');
      body = documentAt(payload, at, end);
      at += body.length;
    } else if (kind === 1) {
      const { name, documents, next } = readSequence(payload, at, end);
      if (sequences.has(name)) throw new RangeError('a sequence twice');
      sequences.set(name, documents);
      at = next;
    } else throw new RangeError(`a section of kind ${kind}`);
  }
  if (!body) throw new RangeError('an OP_MSG without a body');
  if (body.length > MAX_BODY)
    throw mongoError(
      'BSONObjectTooLarge',
      `BSONObj size: ${body.length} is invalid. Size must be between 0 and ${MAX_BODY}`,
    );
  return { body: decode(body), sequences, moreToCome: (flags & MORE_TO_COME) !== 0 };
}

/** Fills the room that a reply has in front of its document: then it is the whole message. */
export function stampOpMsg(reply: Buffer, id: number, responseTo: number): Buffer {
  reply.writeInt32LE(reply.length, 0);
  reply.writeInt32LE(id, 4);
  reply.writeInt32LE(responseTo, 8);
  reply.writeInt32LE(OpCode.msg, 12);
  // No flags, and a body section.
  reply.writeUInt32LE(0, 16);
  reply[20] = 0;
  return reply;
}
