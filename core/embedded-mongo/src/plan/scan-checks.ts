import { mongoError } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import type { Row } from '../store/document-table.ts';
import type { IndexTable } from '../store/index-table.ts';

/** What a scan has looked at. */
export interface ScanCounts {
  keys: number;
  documents: number;
}

/** A row that has passed the raw test. */
export interface ScanRow extends Row {
  /** Whether the bytes alone have shown that it satisfies the filter. */
  readonly sure: boolean;
}

/** @throws MongoError 175 for a collection that went while it was read */
export function checkAlive(collection: Collection): void {
  if (collection.dropped) throw mongoError('QueryPlanKilled', `collection dropped or renamed: ${collection.namespace}`);
}

/** @throws MongoError 175 for an index or a collection that went while it was read */
export function checkIndex(collection: Collection, index: IndexTable): void {
  checkAlive(collection);
  if (!collection.indexes.some((one) => one.id === index.id))
    throw mongoError('QueryPlanKilled', `index '${index.spec.name}' dropped`);
}
