import { DateTime } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { MongoError } from '../errors.ts';
import { PAUSE } from '../pause.ts';
import type { Collection } from '../store/collection.ts';
import type { IndexSpec } from '../store/index-spec.ts';
import type { Store } from '../store/store.ts';
import { allHits } from './modify.ts';
import { parseQuery } from './query.ts';
import { writeInTurns } from './write-results.ts';

/** What an index says is over; undefined for one that says nothing. */
function dueOf({ fields, expireAfter, partial, document }: IndexSpec, now: number): Doc | undefined {
  const [field] = fields;
  if (expireAfter === undefined || !field) return undefined;
  const before = new DateTime(now - expireAfter * 1000);
  const due: Doc = new Map<string, Value>([[field.path, new Map<string, Value>([['$lt', before]])]]);
  if (!partial) return due;
  return new Map<string, Value>([['$and', [document.get('partialFilterExpression') ?? new Map<string, Value>(), due]]]);
}

function* removeDue(collection: Collection, filter: Doc): Generator<typeof PAUSE, number> {
  let removed = 0;
  for (const hit of allHits(collection, parseQuery({ filter }))) {
    if (hit === PAUSE) {
      yield PAUSE;
      continue;
    }
    collection.remove(hit.row, hit.document);
    removed++;
  }
  return removed;
}

/** The collection or its index may go meanwhile, or the engine. */
const endings: ReadonlySet<string> = new Set(['QueryPlanKilled', 'InterruptedAtShutdown']);

/**
 * Deletes the documents whose time is over, with pauses; waits for an index that is being built.
 * @returns how many
 */
export async function expireDocuments(store: Store, now: number): Promise<number> {
  let removed = 0;
  for (const collection of store.catalog.list()) {
    for (const { spec } of collection.indexes) {
      const filter = dueOf(spec, now);
      if (!filter) continue;
      while (store.held) await store.held;
      try {
        removed += await writeInTurns(store, removeDue(collection, filter));
      } catch (error) {
        if (!(error instanceof MongoError) || !endings.has(error.codeName)) throw error;
      }
    }
  }
  await store.settled();
  return removed;
}
