import { parseProjection } from '../aggregate/projection.ts';
import type { Projection } from '../aggregate/projection.ts';
import { int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import { parseUpdate } from '../update/parse.ts';
import type { Update } from '../update/parse.ts';
import { firstHit, updateHit, upsert } from './modify.ts';
import { parseQuery } from './query.ts';
import type { Query } from './query.ts';
import type { Request } from './request.ts';
import { letVariables } from './variables.ts';
import { refuseView } from './views.ts';
import type { Collection } from '../store/collection.ts';

interface Plan {
  readonly query: Query;
  readonly update: Update | undefined;
  readonly projection: Projection | undefined;
  readonly wantsNew: boolean;
  readonly upserts: boolean;
}

function parse(request: Request, collection: Collection | undefined): Plan {
  const query = parseQuery({
    filter: request.document('query') ?? new Map<string, Value>(),
    sort: request.document('sort'),
    hint: request.body.get('hint'),
    collation: request.document('collation'),
    fallback: collection?.collation,
    variables: letVariables(request.document('let')),
  });
  const removes = request.boolean('remove', false);
  const change = request.body.get('update');
  const wantsNew = request.boolean('new', false);
  const upserts = request.boolean('upsert', false);
  if (removes && change !== undefined)
    throw mongoError('FailedToParse', "Cannot specify both an 'update' and 'remove'=true");
  if (removes && upserts) throw mongoError('FailedToParse', "Cannot specify both 'upsert'=true and 'remove'=true");
  if (removes && wantsNew)
    throw mongoError(
      'FailedToParse',
      "Cannot specify both 'new'=true and 'remove'=true; 'remove' always returns the deleted document",
    );
  if (!removes && change === undefined)
    throw mongoError('FailedToParse', "Either an 'update' or 'remove'=true must be specified");
  return {
    query,
    update: removes ? undefined : parseUpdate(change ?? null, request.array('arrayFilters') ?? [], query.options),
    projection: parseProjection(request.document('fields') ?? new Map<string, Value>(), query.options),
    wantsNew,
    upserts,
  };
}

function reply(
  value: Doc | null,
  projection: Projection | undefined,
  matched: number,
  last: readonly (readonly [string, Value])[],
): Doc {
  return new Map<string, Value>([
    ['lastErrorObject', new Map(last)],
    ['value', value && projection ? projection.apply(value, matched) : value],
    ['ok', 1],
  ]);
}

/** Finds one document and changes it, in one step. */
export function findAndModify(request: Request): Doc {
  const name = request.collection;
  const { store } = request.engine;
  const known = store.catalog.find(request.database, name);
  refuseView(known);
  const plan = parse(request, known);
  const bypass = request.boolean('bypassDocumentValidation', false);
  return store.write(() => {
    const collection = plan.upserts
      ? store.catalog.ensure(request.database, name)
      : store.catalog.find(request.database, name);
    const hit = collection && firstHit(collection, plan.query, request.operation);
    if (!plan.update) {
      if (collection && hit) collection.remove(hit.row, hit.document);
      return reply(hit?.document ?? null, plan.projection, hit?.matched ?? -1, [['n', int(hit ? 1 : 0)]]);
    }
    if (collection && hit) {
      const { document } = updateHit(collection, hit, plan.update, bypass);
      return reply(plan.wantsNew ? document : hit.document, plan.projection, hit.matched, [
        ['n', int(1)],
        ['updatedExisting', true],
      ]);
    }
    if (!collection || !plan.upserts) {
      return reply(null, undefined, -1, [
        ['n', int(0)],
        ['updatedExisting', false],
      ]);
    }
    const { document } = upsert(collection, plan.query, plan.update, bypass);
    return reply(plan.wantsNew ? document : null, plan.projection, -1, [
      ['n', int(1)],
      ['updatedExisting', false],
      ['upserted', document.get('_id') ?? null],
    ]);
  });
}
