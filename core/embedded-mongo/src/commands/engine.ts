import type { Store } from '../store/store.ts';
import type { Cursors } from './cursors.ts';
import type { FailPoints } from './fail-points.ts';
import type { Running } from './operation.ts';

/** The clock of the TTL indexes. */
export interface Expiry {
  /** Seconds between two rounds. */
  seconds: number;
  /** Whether there are rounds at all. */
  enabled: boolean;
}

/** What every command works on. */
export interface Engine {
  readonly store: Store;
  readonly cursors: Cursors;
  readonly startedAt: number;
  /** How many commands were answered, by name. */
  readonly counters: Map<string, number>;
  readonly connections: () => number;
  /** How often documents that are too old go. */
  readonly expiry: Expiry;
  /** The commands that wait or pause right now. */
  readonly running: Set<Running>;
  /** Only when test commands are on. */
  readonly failPoints?: FailPoints | undefined;
}
