import { isNumber } from '../bson/exact.ts';
import { count, toNumber } from '../bson/numbers.ts';
import type { Doc } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import { PAUSE } from '../pause.ts';
import { allHits, firstHit } from './modify.ts';
import { parseQuery } from './query.ts';
import type { Request } from './request.ts';
import { letVariables } from './variables.ts';
import { refuseView } from './views.ts';
import { checkEntries, runWrites, whenWritten, writeInTurns, writeReply } from './write-results.ts';

const known = new Set(['q', 'limit', 'collation', 'hint', 'sampleId', 'comment']);

export function remove(request: Request): Doc | Promise<Doc> {
  const name = request.collection;
  const entries = request.documents('deletes');
  checkEntries('delete.deletes', entries, known);
  const { store } = request.engine;
  refuseView(store.catalog.find(request.database, name));
  let removed = 0;
  const work = runWrites(request, entries, function* (entry): Generator<typeof PAUSE, void> {
    const filter = entry.get('q');
    const limit = entry.get('limit');
    if (!(filter instanceof Map))
      throw mongoError('MissingField', "BSON field 'delete.deletes.q' is missing but a required field");
    const most = isNumber(limit) ? toNumber(limit) : -1;
    if (most !== 0 && most !== 1)
      throw mongoError('FailedToParse', `The limit field in delete objects must be 0 or 1. Got ${most}`);
    const collection = store.catalog.find(request.database, name);
    const query = parseQuery({
      filter,
      hint: entry.get('hint'),
      collation: entry.get('collation'),
      fallback: collection?.collation,
      variables: letVariables(request.document('let')),
    });
    if (!collection) return;
    const first = most === 1 ? yield* firstHit(collection, query, request.operation, false) : undefined;
    for (const hit of most === 0 ? allHits(collection, query, request.operation) : first ? [first] : []) {
      if (hit === PAUSE) {
        yield PAUSE;
        continue;
      }
      collection.remove(hit.row, hit.document);
      removed++;
    }
  });
  return whenWritten(writeInTurns(store, work), (errors) => writeReply([['n', count(removed)]], errors));
}
