import { decodeValueAt } from '../bson/decode.ts';
import { keyOf, objectIdKey } from '../bson/keys.ts';
import { skipValue } from '../bson/scan.ts';
import { Type } from '../bson/values.ts';
import { cursorReply } from './cursor-reply.ts';
import type { Engine } from './engine.ts';

/*
 * The shortest way through the engine: a find by `_id` and nothing else is answered from the bytes of its command.
 * Whatever it does not know goes the whole way, where every check is made.
 */

/** Where the body of an OP_MSG without flags begins, when a body is all it has. */
const BODY = 5;

const LONGEST_NAME = 255;

/** `\x02find\0`, the first element of the body. */
const FIND = Buffer.from('\x02find\0', 'latin1');

/** Types of `_id` that mean equality with a value that can be one. */
const points = new Set<number>([Type.objectId, Type.string, Type.int, Type.long, Type.double, Type.date, Type.binary]);

function nameEnd(bytes: Buffer, at: number): number {
  let end = at;
  while (bytes[end] !== 0) if (++end - at > LONGEST_NAME) return -1;
  return end;
}

interface Asked {
  collection: string;
  database: string;
  key: Buffer | undefined;
}

function readKey(bytes: Buffer, at: number): Buffer | undefined {
  const end = at + bytes.readInt32LE(at) - 1;
  const type = bytes[at + 4] ?? 0;
  // The one name `_id`.
  if (bytes.readInt32LE(at + 5) !== 0x0064695f || !points.has(type)) return undefined;
  const value = at + 9;
  if (skipValue(bytes, type, value) !== end) return undefined;
  return type === Type.objectId ? objectIdKey(bytes, value) : keyOf(decodeValueAt(bytes, type, value));
}

function isLimit(bytes: Buffer, type: number, at: number): boolean {
  if (type === Type.int) return bytes.readInt32LE(at) >= 0;
  if (type === Type.long) return bytes.readBigInt64LE(at) >= 0n;
  return type === Type.double && bytes.readDoubleLE(at) === 1;
}

/** Takes one element of the command. @returns whether it is one that a point read may have */
function take(asked: Asked, bytes: Buffer, type: number, name: string, at: number, end: number): boolean {
  switch (name) {
    case 'filter':
      asked.key = type === Type.object ? readKey(bytes, at) : undefined;
      return asked.key !== undefined;
    case '$db':
      asked.database = bytes.toString('utf8', at + 4, end - 1);
      return type === Type.string;
    case 'limit':
      return isLimit(bytes, type, at);
    case 'singleBatch':
      return type === Type.bool;
    case 'lsid':
    case '$readPreference':
      return type === Type.object;
    default:
      return false;
  }
}

function parse(bytes: Buffer): Asked | undefined {
  if (bytes.length < 40 || bytes.readUInt32LE(0) !== 0 || bytes[4] !== 0) return undefined;
  if (bytes.readInt32LE(BODY) !== bytes.length - BODY || bytes[bytes.length - 1] !== 0) return undefined;
  let at = BODY + 4;
  if (bytes.compare(FIND, 0, FIND.length, at, at + FIND.length) !== 0) return undefined;
  const last = bytes.length - 1;
  const start = at + FIND.length;
  at = skipValue(bytes, Type.string, start);
  if (at <= start + 5 || at > last) return undefined;
  const asked: Asked = { collection: bytes.toString('utf8', start + 4, at - 1), database: '', key: undefined };
  while (at < last) {
    const type = bytes[at] ?? 0;
    const end = nameEnd(bytes, at + 1);
    if (end === -1 || end + 5 > last) return undefined;
    const next = skipValue(bytes, type, end + 1);
    if (next <= end + 1 || next > last) return undefined;
    if (!take(asked, bytes, type, bytes.toString('latin1', at + 1, end), end + 1, next)) return undefined;
    at = next;
  }
  return asked;
}

/**
 * Answers a find that asks for one document by its `_id`.
 * @returns undefined for everything else
 */
export function readPoint(payload: Buffer, engine: Engine): Buffer | undefined {
  if (engine.store.durability === 'full') return undefined;
  let asked;
  try {
    asked = parse(payload);
  } catch {
    // What lies about its lengths gets its answer from the whole check.
    return undefined;
  }
  if (!asked?.key) return undefined;
  const collection = engine.store.catalog.find(asked.database, asked.collection);
  if (!collection || collection.view || collection.collation) return undefined;
  const found = collection.table.readByKey(asked.key);
  engine.counters.set('find', (engine.counters.get('find') ?? 0) + 1);
  return cursorReply('firstBatch', found ? [found] : [], 0n, collection.namespace);
}
