import { after, before } from 'node:test';
import { EJSON } from 'bson';
import type { Collection, Db, Document } from 'mongodb';
import { sharedEngine } from './shared.ts';

/** What the tests of one file of pitfalls work with. */
export interface Bench {
  /** A new collection with these documents, whose `_id`s are 0, 1, 2 … unless they have one. */
  readonly filled: (...documents: Document[]) => Promise<Collection>;
  /** The `_id`s that a filter finds, ascending. */
  readonly found: (collection: Collection, filter: Document) => Promise<unknown[]>;
  /** One document with its types, as canonical Extended JSON without `_id`. */
  readonly typed: (collection: Collection, filter?: Document) => Promise<unknown>;
  readonly db: () => Db;
}

/** Starts one engine for a file, with a real driver. */
export function pitfallBench(): Bench {
  const shared = sharedEngine();
  let db: Db | undefined;
  let counter = 0;
  before(async () => {
    ({ db } = await shared.start());
  });
  after(() => shared.stop());
  const running = (): Db => {
    if (!db) throw new Error('the engine runs within tests only');
    return db;
  };
  return {
    db: running,
    filled: async (...documents) => {
      const collection = running().collection(`c${counter++}`);
      if (documents.length > 0)
        await collection.insertMany(documents.map((one, index) => ({ _id: index as never, ...one })));
      return collection;
    },
    found: async (collection, filter) =>
      (await collection.find(filter, { projection: { _id: 1 }, sort: { _id: 1 } }).toArray()).map(
        (one) => one['_id'] as unknown,
      ),
    typed: async (collection, filter = {}) => {
      const one = await collection.findOne(filter, { projection: { _id: 0 }, promoteValues: false });
      return JSON.parse(EJSON.stringify(one, { relaxed: false })) as unknown;
    },
  };
}
