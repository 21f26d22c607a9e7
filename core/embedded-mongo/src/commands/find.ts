import { parseProjection } from '../aggregate/projection.ts';
import type { Projection } from '../aggregate/projection.ts';
import { encode } from '../bson/encode.ts';
import { isNumber } from '../bson/exact.ts';
import { toNumber } from '../bson/numbers.ts';
import type { Value } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import { parseCollation } from '../match/collation.ts';
import { PAUSE } from '../pause.ts';
import type { Collection } from '../store/collection.ts';
import { cursorReply } from './cursor-reply.ts';
import type { Hit, Query } from './query.ts';
import { parseQuery, pointKey, runQuery } from './query.ts';
import type { Request } from './request.ts';
import { letVariables } from './variables.ts';
import { findView } from './view-reads.ts';

const refused = ['max', 'min', 'tailable', 'awaitData', 'returnKey', 'showRecordId'];

function refuseOptions(request: Request): void {
  for (const name of refused) {
    const value = request.body.get(name);
    if (value === true || (value instanceof Map && value.size > 0)) {
      if (name === 'tailable' || name === 'awaitData')
        throw mongoError('BadValue', 'error processing query: tailable cursor requested on non capped collection');
      throw mongoError('BadValue', `find option '${name}' is not supported`);
    }
  }
}

/** Checks the query part of find; explain uses it too. */
export function findQuery(
  request: Request,
  collection: Collection | undefined,
): { query: Query; projection: Projection | undefined } {
  const query = parseQuery({
    filter: request.document('filter') ?? new Map<string, Value>(),
    sort: request.document('sort'),
    hint: request.body.get('hint'),
    collation: request.document('collation'),
    fallback: collection?.collation,
    variables: letVariables(request.document('let')),
  });
  const projection = parseProjection(request.document('projection') ?? new Map<string, Value>(), query.options);
  return { query, projection };
}

/** A negative limit is a limit with one batch, in old clients. */
export function findLimit(request: Request): { limit: number; single: boolean } {
  const value = request.body.get('limit');
  if (isNumber(value) && toNumber(value) < 0) return { limit: -toNumber(value), single: true };
  return { limit: request.integer('limit') ?? 0, single: request.boolean('singleBatch', false) };
}

function* bytesFrom(
  hits: Iterable<Hit | typeof PAUSE>,
  projection: Projection | undefined,
): Generator<Buffer | typeof PAUSE> {
  for (const hit of hits) {
    if (hit === PAUSE) yield PAUSE;
    else yield projection ? encode(projection.apply(hit.document, hit.matched)) : hit.bytes;
  }
}

function pointRead(request: Request, collection: Collection): Buffer | undefined {
  const { body } = request;
  if (
    body.has('projection') ||
    body.has('skip') ||
    body.has('sort') ||
    body.has('hint') ||
    body.get('batchSize') !== undefined
  )
    return undefined;
  const filter = body.get('filter');
  if (!(filter instanceof Map)) return undefined;
  const key = pointKey(filter);
  if (!key || parseCollation(body.get('collation') ?? collection.collation)) return undefined;
  const found = collection.table.findByKey(key);
  return cursorReply('firstBatch', found ? [found.bytes] : [], 0n, collection.namespace);
}

export function find(request: Request): Buffer | Promise<Buffer> {
  refuseOptions(request);
  const name = request.collection;
  const namespace = `${request.database}.${name}`;
  const collection = request.engine.store.catalog.find(request.database, name);
  if (collection?.view) return findView(request);
  const fast = collection && pointRead(request, collection);
  if (fast) return fast;
  const { query, projection } = findQuery(request, collection);
  const { limit, single } = findLimit(request);
  const skip = request.integer('skip') ?? 0;
  if (!collection) return cursorReply('firstBatch', [], 0n, namespace);
  const source = bytesFrom(runQuery(collection, query, { skip, limit }), projection);
  return request.engine.cursors.start(
    source,
    {
      namespace,
      batchSize: request.integer('batchSize'),
      single,
      noTimeout: request.boolean('noCursorTimeout', false),
    },
    request.operation,
  );
}
