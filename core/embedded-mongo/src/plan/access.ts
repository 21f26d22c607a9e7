import type { IndexSpec } from '../store/index-spec.ts';
import type { IndexTable } from '../store/index-table.ts';
import type { KeyRange } from './interval.ts';
import type { Judge } from './judge.ts';

/** How the rows are read. */
export interface IndexAccess {
  readonly kind: 'index';
  /** Undefined for the index on `_id`. */
  readonly index: IndexTable | undefined;
  readonly spec: IndexSpec;
  readonly ranges: readonly KeyRange[];
  readonly backward: boolean;
  /** Whether the rows come in the order that was asked for. */
  readonly ordered: boolean;
  /** Whether a document may have several entries in the ranges. */
  readonly multikey: boolean;
  /**
   * Set when each range is in order and all together are not: they are read side by side. For each range, where in its
   * keys the order begins.
   */
  readonly heads?: readonly number[];
  /** What the keys tell of an entry beyond the ranges. */
  readonly judge?: Judge | undefined;
}

export interface CollectionAccess {
  readonly kind: 'collection';
  readonly backward: boolean;
  readonly ordered: boolean;
}

/** Each branch of an `$or` by an index of its own; a row that several find comes once. */
export interface UnionAccess {
  readonly kind: 'union';
  readonly branches: readonly IndexAccess[];
  readonly ordered: boolean;
}

export type Access = IndexAccess | CollectionAccess | UnionAccess;
