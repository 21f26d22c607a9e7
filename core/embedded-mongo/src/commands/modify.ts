import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { ObjectId } from '../bson/values.ts';
import type { Value } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import { matches } from '../match/matches.ts';
import { PAUSE, Turn } from '../pause.ts';
import { checkAlive } from '../plan/scan.ts';
import type { Collection } from '../store/collection.ts';
import { withIdFirst } from '../update/parse.ts';
import type { Update } from '../update/parse.ts';
import { upsertBase } from '../update/upsert.ts';
import type { Operation } from './operation.ts';
import type { Query } from './query.ts';
import { checkValid } from './validation.ts';
import { Hit, pointKey, runQuery, withoutPauses } from './query.ts';

/** A document after an update. */
export interface Changed {
  readonly bytes: Buffer;
  readonly modified: boolean;
}

function immutable(before: Value | undefined, after: Value | undefined): Error | undefined {
  if (before === undefined) return undefined;
  const same = after !== undefined && encode(new Map([['', before]])).equals(encode(new Map([['', after]])));
  return same
    ? undefined
    : mongoError('ImmutableField', `Performing an update on the path '_id' would modify the immutable field '_id'`);
}

/** Changes one stored document. @param bypass whether the collection's validator is not asked */
export function updateHit(collection: Collection, hit: Hit, update: Update, bypass = false): Changed {
  const patched = update.patch && collection.patchable(update.paths) ? update.patch(hit.bytes) : undefined;
  if (patched) {
    const modified = !patched.equals(hit.bytes);
    if (modified) collection.overwrite(hit.row, patched);
    return { bytes: patched, modified };
  }
  // The hit's document is needed as it was, for the index entries that go.
  const after = update.apply(decode(hit.bytes), hit.matched, false);
  const refused = immutable(hit.document.get('_id'), after.get('_id'));
  if (refused) {
    if (update.kind === 'replacement')
      throw mongoError(
        'ImmutableField',
        "After applying the update, the (immutable) field '_id' was found to have been altered",
      );
    throw refused;
  }
  const bytes = encode(after);
  if (bytes.equals(hit.bytes)) return { bytes, modified: false };
  if (!bypass) checkValid(collection, after, hit.document);
  collection.replace(hit.row, hit.document, after, bytes, update.paths);
  return { bytes, modified: true };
}

/** Inserts what an upsert makes of its filter and update. */
export function upsert(
  collection: Collection,
  query: Query,
  update: Update,
  bypass = false,
): { bytes: Buffer; id: Value } {
  const base = upsertBase(query.node, update.kind === 'replacement');
  const wantedId = base.get('_id');
  const built = update.apply(base, -1, true);
  const refused = immutable(wantedId, built.get('_id'));
  if (refused) throw refused;
  const document = withIdFirst(
    built.has('_id') ? built : new Map<string, Value>([['_id', ObjectId.create()], ...built]),
  );
  if (!bypass) checkValid(collection, document);
  const bytes = encode(document);
  collection.insert(document, bytes);
  return { bytes, id: document.get('_id') ?? null };
}

function pointHit(collection: Collection, query: Query, key: Buffer): Hit | undefined {
  const found = collection.table.findByKey(key);
  return found && new Hit(found.row, found.bytes, query);
}

const pointOf = (query: Query): Buffer | undefined => (query.text ? undefined : pointKey(query.filter));

/** The first document of a query, found without a pause. */
export function firstHitAtOnce(collection: Collection, query: Query, operation?: Operation): Hit | undefined {
  const key = pointOf(query);
  if (key) return pointHit(collection, query, key);
  for (const hit of withoutPauses(runQuery(collection, query, { skip: 0, limit: 1 }), operation)) return hit;
  return undefined;
}

/** How often a search with pauses begins again because of what others wrote; after that it goes through. */
const TRIES = 3;

/**
 * The first document of a query, for updateOne, deleteOne and findAndModify: as it is when the search ends, whatever
 * others wrote during its pauses.
 * @param inserts whether the caller inserts what is not found, and so must know that it is not there
 */
export function* firstHit(
  collection: Collection,
  query: Query,
  operation: Operation,
  inserts: boolean,
): Generator<typeof PAUSE, Hit | undefined> {
  const key = pointOf(query);
  if (key) return pointHit(collection, query, key);
  // The one that a sort brought to the top may be gone, with another behind it.
  const sorted = query.sort.fields.length > 0;
  for (let round = 0; round < TRIES; round++) {
    const { writes } = collection;
    let found: Hit | undefined;
    for (const hit of runQuery(collection, query, { skip: 0, limit: 1 })) {
      if (hit !== PAUSE) {
        found = hit;
        break;
      }
      operation.check();
      yield PAUSE;
    }
    checkAlive(collection);
    if (collection.writes === writes) return found;
    if (found ? matches(query.node, found.document, query.text) : !inserts && !sorted) return found;
  }
  return firstHitAtOnce(collection, query, operation);
}

/** How long changes go on before they let others through, in milliseconds: a pause may cost a commit. */
const CHANGES_TURN = 15;

/**
 * Every document of a query, found before the first is touched, so that none is met twice.
 * Row numbers are kept, not documents. What others wrote during a pause is taken into account.
 */
export function* allHits(
  collection: Collection,
  query: Query,
  operation?: Operation,
): Generator<Hit | typeof PAUSE, void> {
  const rows = new Set<number>();
  let paused = false;
  for (const hit of runQuery(collection, query, { skip: 0, limit: 0 })) {
    if (hit !== PAUSE) {
      rows.add(hit.row);
      continue;
    }
    operation?.check();
    paused = true;
    yield PAUSE;
  }
  const turn = new Turn(CHANGES_TURN);
  for (const row of rows) {
    if (turn.over()) {
      operation?.check();
      paused = true;
      yield PAUSE;
    }
    if (paused) checkAlive(collection);
    const bytes = collection.table.read(row);
    if (!bytes) continue;
    const hit = new Hit(row, bytes, query);
    if (!paused || matches(query.node, hit.document, query.text)) yield hit;
  }
}
