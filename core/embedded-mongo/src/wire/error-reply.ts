import { int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { MongoError, mongoError } from '../errors.ts';

/** Where faults of the engine itself are told. */
export type Log = (message: string, error: unknown) => void;

/** The reply to a command that failed; a fault of the engine itself is logged and answered as 8. */
export function errorReply(error: unknown, log: Log): Doc {
  let known: MongoError;
  if (error instanceof MongoError) known = error;
  else {
    log('a command failed inside the engine', error);
    known = mongoError('UnknownError', error instanceof Error ? error.message : String(error));
  }
  const reply: Doc = new Map<string, Value>([
    ['ok', 0],
    ['errmsg', known.message],
    ['code', int(known.code)],
    ['codeName', known.codeName],
  ]);
  // Extra fields are BSON values; errors.ts cannot name their type.
  for (const [name, value] of known.extra) reply.set(name, value as Value);
  return reply;
}
