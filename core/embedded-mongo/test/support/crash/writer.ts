import assert from 'node:assert/strict';
import type { Collection, Db } from 'mongodb';
import type { Random } from '../random.ts';

/** What the writers store. `text` repeats `seen`, so that a torn document shows. */
interface Written {
  readonly _id: string;
  readonly writer: number;
  readonly seen: number;
  readonly text: string;
  readonly tags: readonly string[];
}

export const COLLECTION = 'written';

const textOf = (seen: number): string => `${seen}:`.repeat(100 + (seen % 7) * 40);

function documentOf(writer: number, number: number): Written {
  const tags = [`t${number % 5}`, `u${number % 3}`];
  return { _id: `${writer}-${number}`, writer, seen: 1, text: textOf(1), tags };
}

/** Makes the collection with the kinds of index that writes must keep in step. */
export async function prepareCollection(db: Db): Promise<void> {
  await db.createCollection(COLLECTION);
  await db
    .collection(COLLECTION)
    .createIndexes([
      { key: { writer: 1, seen: -1 } },
      { key: { tags: 1 } },
      { key: { writer: 1, _id: 1 }, unique: true },
      { key: { seen: 1 }, partialFilterExpression: { seen: { $gt: 2 } } },
    ]);
}

/** How often each document was written; what is not there is 0. */
type State = ReadonlyMap<string, number>;

/** One client that writes one thing after the other, and knows what was acknowledged. */
export class Writer {
  readonly #collection: Collection<Written>;
  readonly #number: number;
  readonly #random: Random;
  readonly #acknowledged = new Map<string, number>();
  /** What the write that is on its way makes of some documents. */
  #pending = new Map<string, number>();
  #next = 0;

  constructor(db: Db, number: number, random: Random) {
    this.#collection = db.collection<Written>(COLLECTION);
    this.#number = number;
    this.#random = random;
  }

  /** Writes until the engine dies. @param acknowledged called after each answer */
  async run(acknowledged: () => void): Promise<void> {
    for (;;) {
      try {
        await this.#step();
      } catch {
        // The engine was killed: what was on its way may be there or not.
        return;
      }
      for (const [id, seen] of this.#pending) this.#acknowledged.set(id, seen);
      this.#pending.clear();
      acknowledged();
    }
  }

  async #step(): Promise<void> {
    const known = [...this.#acknowledged].filter(([, seen]) => seen > 0);
    const roll = known.length < 5 ? 0 : this.#random.below(10);
    const [id, seen] = known.length > 0 ? this.#random.pick(known) : ['', 0];
    if (roll < 3) {
      const documents = Array.from({ length: roll === 0 ? 1 : 1 + this.#random.below(8) }, () =>
        documentOf(this.#number, this.#next++),
      );
      for (const { _id } of documents) this.#pending.set(_id, 1);
      await this.#collection.insertMany(documents);
    } else if (roll < 8) {
      this.#pending.set(id, seen + 1);
      await this.#collection.findOneAndUpdate(
        { _id: id },
        { $inc: { seen: 1 }, $set: { text: textOf(seen + 1), tags: [`t${seen % 5}`] } },
      );
    } else {
      this.#pending.set(id, 0);
      await this.#collection.deleteOne({ _id: id });
    }
  }

  /** Compares what is there now with what was acknowledged. @throws AssertionError for a loss or a torn document */
  async verify(db: Db): Promise<void> {
    const found = new Map<string, number>();
    for (const one of await db.collection<Written>(COLLECTION).find({ writer: this.#number }).toArray()) {
      assert.equal(one.text, textOf(one.seen), `document ${one._id} is torn`);
      found.set(one._id, one.seen);
    }
    verifyState(found, this.#acknowledged, this.#pending);
  }
}

function verifyState(found: State, acknowledged: State, pending: State): void {
  for (const id of new Set([...found.keys(), ...acknowledged.keys(), ...pending.keys()])) {
    const now = found.get(id) ?? 0;
    const before = acknowledged.get(id) ?? 0;
    assert.ok(
      now === before || now === pending.get(id),
      `document ${id} was written ${now} times, ${before} were acknowledged, ${pending.get(id) ?? 'none'} on its way`,
    );
  }
}
