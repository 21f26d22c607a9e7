import type { Doc, Value } from '../bson/values.ts';
import { MongoError } from '../errors.ts';
import type { Catalog } from '../store/catalog.ts';
import type { Collection } from '../store/collection.ts';

/** How many views may stand on one another, as in MongoDB. */
const MAX_DEPTH = 20;

/** What a name stands for: a collection that may be missing, behind the stages of the views on the way. */
export interface Source {
  readonly name: string;
  readonly collection: Collection | undefined;
  /** The stages of the views, the lowest first; empty for a plain collection. */
  readonly stages: readonly Value[];
}

/**
 * Follows views down to documents.
 * @throws MongoError 165 when too many stand on one another
 */
export function resolveSource(catalog: Catalog, database: string, name: string): Source {
  let current = name;
  let stages: readonly Value[] = [];
  for (let depth = 0; depth <= MAX_DEPTH; depth++) {
    const collection = catalog.find(database, current);
    if (!collection?.view) return { name: current, collection, stages };
    stages = [...collection.view.pipeline, ...stages];
    current = collection.view.on;
  }
  throw new MongoError(165, `View depth too deep or view cycle detected; maximum depth is ${MAX_DEPTH}.`);
}

/** @throws MongoError 5 when a view would stand on itself */
export function checkViewCycle(catalog: Catalog, database: string, name: string, options: Doc): void {
  let on = options.get('viewOn');
  for (let depth = 0; typeof on === 'string' && depth <= MAX_DEPTH; depth++) {
    if (on === name) throw new MongoError(5, `View cycle detected: ${database}.${name}`);
    on = catalog.find(database, on)?.view?.on;
  }
}

/** @throws MongoError 166 for what only a collection with documents of its own can do */
export function refuseView(collection: Collection | undefined): void {
  if (collection?.view) throw new MongoError(166, `Namespace ${collection.namespace} is a view, not a collection`);
}
