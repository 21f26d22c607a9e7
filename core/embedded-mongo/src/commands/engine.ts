import type { Store } from '../store/store.ts';
import type { Cursors } from './cursors.ts';

/** What every command works on. */
export interface Engine {
  readonly store: Store;
  readonly cursors: Cursors;
  readonly startedAt: number;
  /** How many commands were answered, by name. */
  readonly counters: Map<string, number>;
  readonly connections: () => number;
}
