import type { Doc } from '../bson/values.ts';

/** Bytes in front of a prepared reply's document, which the wire layer fills: a message's header, flags and section kind. */
export const REPLY_ROOM = 21;

/** A reply: a document, or prepared bytes with REPLY_ROOM in front, so that it leaves without another copy. */
export type Reply = Doc | Buffer;
