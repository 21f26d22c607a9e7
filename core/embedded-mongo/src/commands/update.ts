import { count } from '../bson/numbers.ts';
import { int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import { PAUSE } from '../pause.ts';
import type { Collection } from '../store/collection.ts';
import { parseUpdate } from '../update/parse.ts';
import type { Update } from '../update/parse.ts';
import { allHits, firstHit, updateHit, upsert } from './modify.ts';
import type { Operation } from './operation.ts';
import { parseQuery } from './query.ts';
import type { Query } from './query.ts';
import type { Request } from './request.ts';
import { letVariables } from './variables.ts';
import { refuseView } from './views.ts';
import { checkEntries, runWrites, whenWritten, writeInTurns, writeReply } from './write-results.ts';

interface Tally {
  matched: number;
  modified: number;
  readonly upserted: Doc[];
}

interface Statement {
  readonly query: Query;
  readonly update: Update;
  readonly multi: boolean;
  readonly upsert: boolean;
}

const known = new Set([
  'q',
  'u',
  'c',
  'multi',
  'upsert',
  'collation',
  'arrayFilters',
  'hint',
  'upsertSupplied',
  'sampleId',
  'comment',
]);

/** Checks one entry of `updates`. */
export function parseStatement(entry: Doc, request: Request, collection?: Collection): Statement {
  const filter = entry.get('q');
  if (!(filter instanceof Map))
    throw mongoError('MissingField', "BSON field 'update.updates.q' is missing but a required field");
  const multi = entry.get('multi') === true;
  const query = parseQuery({
    filter,
    hint: entry.get('hint'),
    collation: entry.get('collation'),
    fallback: collection?.collation,
    variables: letOf(request, entry),
  });
  const arrayFilters = entry.get('arrayFilters');
  const update = parseUpdate(entry.get('u') ?? null, Array.isArray(arrayFilters) ? arrayFilters : [], query.options);
  if (multi && update.kind === 'replacement')
    throw mongoError('FailedToParse', 'multi update is not supported for replacement-style update');
  return { query, update, multi, upsert: entry.get('upsert') === true };
}

function letOf(request: Request, entry: Doc): ReadonlyMap<string, Value> | undefined {
  const constants = entry.get('c');
  return constants instanceof Map ? constants : letVariables(request.document('let'));
}

interface Run {
  readonly operation: Operation;
  /** Whether the validator is not asked. */
  readonly bypass: boolean;
}

function* run(
  collection: Collection,
  statement: Statement,
  index: number,
  tally: Tally,
  how: Run,
): Generator<typeof PAUSE, void> {
  const { operation, bypass } = how;
  const { query, update } = statement;
  let matched = 0;
  if (statement.multi) {
    for (const hit of allHits(collection, query, operation)) {
      if (hit === PAUSE) {
        yield PAUSE;
        continue;
      }
      matched++;
      if (updateHit(collection, hit, update, bypass).modified) tally.modified++;
      tally.matched++;
    }
  } else {
    const hit = yield* firstHit(collection, query, operation, statement.upsert);
    if (hit) {
      matched = 1;
      if (updateHit(collection, hit, update, bypass).modified) tally.modified++;
      tally.matched++;
    }
  }
  if (matched > 0 || !statement.upsert) return;
  const { id } = upsert(collection, query, update, bypass);
  tally.matched++;
  tally.upserted.push(
    new Map<string, Value>([
      ['index', int(index)],
      ['_id', id],
    ]),
  );
}

export function update(request: Request): Doc | Promise<Doc> {
  const name = request.collection;
  const entries = request.documents('updates');
  checkEntries('update.updates', entries, known);
  const { store } = request.engine;
  refuseView(store.catalog.find(request.database, name));
  const bypass = request.boolean('bypassDocumentValidation', false);
  const tally: Tally = { matched: 0, modified: 0, upserted: [] };
  const work = runWrites(request, entries, (entry, index) => {
    const statement = parseStatement(entry, request, store.catalog.find(request.database, name));
    const collection = statement.upsert
      ? store.catalog.ensure(request.database, name)
      : store.catalog.find(request.database, name);
    return collection && run(collection, statement, index, tally, { operation: request.operation, bypass });
  });
  return whenWritten(writeInTurns(store, work), (errors) => {
    const fields: (readonly [string, Value])[] = [['n', count(tally.matched)]];
    if (tally.upserted.length > 0) fields.push(['upserted', tally.upserted]);
    fields.push(['nModified', count(tally.modified)]);
    return writeReply(fields, errors);
  });
}
