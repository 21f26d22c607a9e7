import type { StringCompare } from '../bson/compare.ts';
import type { NumberValue } from '../bson/exact.ts';
import type { Path } from '../bson/path.ts';
import type { Doc, Regex, Value } from '../bson/values.ts';
import type { BoundedRegex } from './bounded-regex.ts';

/** A regular expression with the value it came from. */
export interface CompiledRegex {
  readonly source: Regex;
  readonly regex: BoundedRegex;
}

/** One question about one value. */
export type Leaf =
  | { readonly op: 'eq' | 'gt' | 'gte' | 'lt' | 'lte'; readonly value: Value }
  | {
      readonly op: 'in';
      readonly values: readonly Value[];
      readonly regexes: readonly CompiledRegex[];
      readonly keys: ReadonlySet<string>;
    }
  | { readonly op: 'regex'; readonly regex: CompiledRegex }
  | { readonly op: 'exists' }
  | { readonly op: 'type'; readonly types: ReadonlySet<number> }
  | { readonly op: 'size'; readonly size: number }
  | { readonly op: 'mod'; readonly divisor: bigint; readonly remainder: bigint }
  | { readonly op: 'bits'; readonly test: (value: NumberValue | Uint8Array) => boolean }
  | { readonly op: 'elemMatch'; readonly node: Node; readonly objects: boolean };

/** A filter, checked. */
export type Node =
  | { readonly kind: 'and' | 'or' | 'nor'; readonly children: readonly Node[] }
  | { readonly kind: 'not'; readonly child: Node }
  | { readonly kind: 'leaf'; readonly path: string; readonly parts: Path; readonly leaf: Leaf }
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'expr'; readonly test: (document: Doc) => boolean }
  | {
      readonly kind: 'schema';
      readonly test: (document: Doc) => boolean;
      /** The rules that a document breaks, for `errInfo`. */
      readonly broken: (document: Doc) => readonly Doc[];
    };

/** What a filter needs beside itself. */
export interface MatchOptions {
  /** How strings compare when the query has a collation. */
  readonly text?: StringCompare | undefined;
  /** The variables of `let`, for $expr. */
  readonly variables?: ReadonlyMap<string, Value> | undefined;
}

/** Where a match happened in an array, for the positional operators. */
export interface Position {
  index: number;
}
