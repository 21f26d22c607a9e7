import { typeName, typeOf } from '../../bson/values.ts';
import type { Doc, Value } from '../../bson/values.ts';

/** One keyword of a schema: gives what is wrong with a value, or nothing. */
export interface Rule {
  readonly keyword: string;
  readonly check: (value: Value) => Doc | undefined;
}

/** A compiled schema: every rule that a value breaks, in the words of MongoDB's `errInfo`. */
export type Schema = (value: Value) => readonly Doc[];

/** Compiles a nested schema. */
export type CompileSchema = (schema: Doc) => Schema;

/** A keyword's parser; undefined when the keyword asks nothing by itself. */
export type KeywordParser = (value: Value, schema: Doc, compile: CompileSchema) => Rule['check'] | undefined;

/** A broken rule with the value it looked at. */
export function broken(keyword: string, specified: Value, reason: string, considered?: Value): Doc {
  const details: Doc = new Map<string, Value>([
    ['operatorName', keyword],
    ['specifiedAs', new Map([[keyword, specified]])],
    ['reason', reason],
  ]);
  if (considered !== undefined) details.set('consideredValue', considered);
  return details;
}

/** As `broken`, for a type that is not the wanted one. */
export function wrongType(keyword: string, specified: Value, value: Value): Doc {
  return broken(keyword, specified, 'type did not match', value).set('consideredType', typeName(typeOf(value)));
}
