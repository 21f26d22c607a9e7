import { DateTime } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import type { Store } from '../store/store.ts';
import { allHits } from './modify.ts';
import { parseQuery, withoutPauses } from './query.ts';

/** How many documents one round takes from one index, so that it does not hold others up. */
const ROUND = 1000;

/**
 * Deletes the documents whose time is over; none while an index is built.
 * @returns how many
 */
export function expireDocuments(store: Store, now: number): number {
  if (store.held) return 0;
  let removed = 0;
  for (const collection of store.catalog.list()) {
    for (const { spec } of collection.indexes) {
      const [field] = spec.fields;
      if (spec.expireAfter === undefined || !field) continue;
      const before = new DateTime(now - spec.expireAfter * 1000);
      const due: Doc = new Map<string, Value>([[field.path, new Map<string, Value>([['$lt', before]])]]);
      const filter: Doc = spec.partial
        ? new Map<string, Value>([
            ['$and', [spec.document.get('partialFilterExpression') ?? new Map<string, Value>(), due]],
          ])
        : due;
      removed += store.write(() => {
        let count = 0;
        for (const hit of withoutPauses(allHits(collection, parseQuery({ filter })))) {
          collection.remove(hit.row, hit.document);
          if (++count === ROUND) break;
        }
        return count;
      });
    }
  }
  return removed;
}
