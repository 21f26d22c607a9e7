import type { Doc, Value } from '../bson/values.ts';

/** The version of MongoDB that this engine answers like. */
export const MONGODB_VERSION = '7.0.0';

/** A reply that says ok after its fields. */
export function ok(fields: readonly (readonly [string, Value])[] = []): Doc {
  return new Map<string, Value>([...fields, ['ok', 1]]);
}
