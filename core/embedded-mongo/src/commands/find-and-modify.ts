import { parseProjection } from '../aggregate/projection.ts';
import type { Projection } from '../aggregate/projection.ts';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { int } from '../bson/values.ts';
import type { Value } from '../bson/values.ts';
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
import type { PAUSE } from '../pause.ts';
import { headOf, valueReply } from './value-reply.ts';
import { writeInTurns } from './write-results.ts';

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

const removedOne = headOf(new Map<string, Value>([['n', int(1)]]));
const removedNone = headOf(new Map<string, Value>([['n', int(0)]]));
const updatedOne = headOf(
  new Map<string, Value>([
    ['n', int(1)],
    ['updatedExisting', true],
  ]),
);
const updatedNone = headOf(
  new Map<string, Value>([
    ['n', int(0)],
    ['updatedExisting', false],
  ]),
);

function insertedOne(id: Value): Buffer {
  return headOf(
    new Map<string, Value>([
      ['n', int(1)],
      ['updatedExisting', false],
      ['upserted', id],
    ]),
  );
}

/** A document as the client wants it. */
function shown(bytes: Buffer, matched: () => number, { projection }: Plan): Buffer {
  return projection ? encode(projection.apply(decode(bytes), matched())) : bytes;
}

/** Finds one document and changes it, in one step. */
export function findAndModify(request: Request): Buffer | Promise<Buffer> {
  const { store } = request.engine;
  const known = store.catalog.find(request.database, request.collection);
  refuseView(known);
  const plan = parse(request, known);
  return writeInTurns(store, run(request, plan));
}

function* run(request: Request, plan: Plan): Generator<typeof PAUSE, Buffer> {
  const bypass = request.boolean('bypassDocumentValidation', false);
  const { catalog } = request.engine.store;
  const name = request.collection;
  const collection = plan.upserts ? catalog.ensure(request.database, name) : catalog.find(request.database, name);
  const hit = collection && (yield* firstHit(collection, plan.query, request.operation, plan.upserts));
  if (!plan.update) {
    if (!collection || !hit) return valueReply(removedNone, undefined);
    collection.remove(hit.row, hit.document);
    return valueReply(
      removedOne,
      shown(hit.bytes, () => hit.matched, plan),
    );
  }
  if (collection && hit) {
    const { bytes } = updateHit(collection, hit, plan.update, bypass);
    return valueReply(
      updatedOne,
      shown(plan.wantsNew ? bytes : hit.bytes, () => hit.matched, plan),
    );
  }
  if (!collection || !plan.upserts) return valueReply(updatedNone, undefined);
  const { bytes, id } = upsert(collection, plan.query, plan.update, bypass);
  return valueReply(insertedOne(id), plan.wantsNew ? shown(bytes, () => -1, plan) : undefined);
}
