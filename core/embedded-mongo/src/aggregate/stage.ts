import type { Doc, Value } from '../bson/values.ts';
import type { MatchOptions } from '../match/tree.ts';
import type { PAUSE } from '../pause.ts';

/** Documents on their way through a pipeline, with pauses between. */
export type Stream = Iterable<Doc | typeof PAUSE>;

/** What stages need from outside: other collections. */
export interface StageContext {
  readonly options: MatchOptions;
  /** The documents of another collection of the same database that satisfy a filter, from its indexes. */
  readonly read: (collection: string, filter: Doc) => Stream;
}

/** A compiled stage. */
export type Stage = (input: Stream) => Stream;

/** Checks a stage's argument. */
export type StageBuilder = (argument: Value, context: StageContext) => Stage;
