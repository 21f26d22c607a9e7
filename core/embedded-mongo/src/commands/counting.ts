import { isNumber } from '../bson/exact.ts';
import { keyOf } from '../bson/keys.ts';
import { count as countValue, toNumber } from '../bson/numbers.ts';
import { distinctValues, splitPath } from '../bson/path.ts';
import type { Doc, Value } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import { countByIndex } from '../plan/covered-count.ts';
import { PAUSE, nextTurn } from '../pause.ts';
import { parseQuery, runQuery } from './query.ts';
import type { Hit } from './query.ts';
import type { Request } from './request.ts';
import { countView, documentsOfView } from './view-reads.ts';

async function eachHit(
  request: Request,
  source: Iterable<Hit | typeof PAUSE>,
  visit: (hit: Hit) => void,
): Promise<void> {
  for (const hit of source) {
    if (hit === PAUSE) {
      request.operation.check();
      await nextTurn();
    } else visit(hit);
  }
}

const empty = (): Doc => new Map<string, Value>();

function limits(request: Request): { skip: number; limit: number } {
  const limit = request.body.get('limit');
  return { skip: request.integer('skip') ?? 0, limit: isNumber(limit) ? Math.abs(toNumber(limit)) : 0 };
}

export async function count(request: Request): Promise<Doc> {
  const collection = request.engine.store.catalog.find(request.database, request.collection);
  if (collection?.view) return countView(request, limits(request));
  const filter = request.document('query') ?? empty();
  const { skip, limit } = limits(request);
  const query = parseQuery({
    filter,
    hint: request.body.get('hint'),
    collation: request.document('collation'),
    fallback: collection?.collation,
  });
  let found = 0;
  if (collection && filter.size === 0) {
    found = Math.max(0, collection.table.count() - skip);
    if (limit > 0) found = Math.min(found, limit);
  } else if (collection) {
    const counted = query.text
      ? undefined
      : countByIndex(collection, { filter: query.node, hint: query.hint, limit: limit > 0 ? skip + limit : -1 });
    if (counted === undefined) await eachHit(request, runQuery(collection, query, { skip, limit }), () => found++);
    else found = limit > 0 ? Math.min(Math.max(0, counted - skip), limit) : Math.max(0, counted - skip);
  }
  return new Map<string, Value>([
    ['n', countValue(found)],
    ['ok', 1],
  ]);
}

export async function distinct(request: Request): Promise<Doc> {
  const collection = request.engine.store.catalog.find(request.database, request.collection);
  const path = request.body.get('key');
  if (typeof path !== 'string')
    throw mongoError('TypeMismatch', "BSON field 'distinct.key' is the wrong type, expected type 'string'");
  const query = parseQuery({
    filter: request.document('query') ?? empty(),
    hint: request.body.get('hint'),
    collation: request.document('collation'),
    fallback: collection?.collation,
  });
  const parts = splitPath(path);
  const seen = new Set<string>();
  const values: Value[] = [];
  const add = (value: Value): void => {
    const key = keyOf(value).toString('latin1');
    if (seen.has(key)) return;
    seen.add(key);
    values.push(value);
  };
  if (collection?.view) {
    for await (const document of documentsOfView(request, query.filter)) distinctValues(document, parts, add);
  } else if (collection)
    await eachHit(request, runQuery(collection, query, { skip: 0, limit: 0 }), (hit) =>
      distinctValues(hit.document, parts, add),
    );
  return new Map<string, Value>([
    ['values', values],
    ['ok', 1],
  ]);
}
