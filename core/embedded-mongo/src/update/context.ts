import type { Path } from '../bson/path.ts';
import type { DateTime, Doc, Timestamp, Value } from '../bson/values.ts';

/** The place that an operator changes: one field of a document or one element of an array. */
export interface Target {
  /** The value now; undefined when missing. */
  readonly value: Value | undefined;
  readonly set: (value: Value) => void;
  /** Takes the field away; an array element becomes null. */
  readonly unset: () => void;
  /** The dotted path with positions filled in. */
  readonly path: string;
}

/** What operators may ask for while they run. */
export interface UpdateContext {
  readonly now: () => DateTime;
  readonly timestamp: () => Timestamp;
  readonly inserting: boolean;
}

/** One operator on one path. */
export interface Change {
  readonly operator: string;
  readonly path: string;
  readonly parts: Path;
  /** Changes the place. */
  readonly apply: (target: Target, context: UpdateContext, root: Doc) => void;
  /** Whether the operator makes missing parents: $unset, $pull and so on do not. */
  readonly creates: boolean;
}
