import { mongoError } from '../errors.ts';
import type { Value } from '../bson/values.ts';

/** What a stage that holds its documents may hold, in bytes of BSON; as MongoDB without a disk to spill to. */
const LIMIT = 100 * 1024 * 1024;
/** What a scalar takes at least, its name included. */
const SCALAR = 16;

function weigh(value: Value | undefined): number {
  if (typeof value === 'string') return value.length + SCALAR;
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + weigh(one), SCALAR);
  if (!(value instanceof Map)) return SCALAR;
  let sum = SCALAR;
  for (const [name, field] of value) sum += name.length + weigh(field);
  return sum;
}

/** Counts, roughly, what a stage holds. */
export class MemoryBudget {
  readonly #stage: string;
  #held = 0;

  constructor(stage: string) {
    this.#stage = stage;
  }

  /** @throws MongoError 292 when it is too much */
  add(value: Value | undefined): void {
    this.#held += weigh(value);
    if (this.#held > LIMIT) {
      throw mongoError(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `${this.#stage} exceeded memory limit of ${LIMIT} bytes. Let it hold less: filter, project or group before it.`,
      );
    }
  }
}
