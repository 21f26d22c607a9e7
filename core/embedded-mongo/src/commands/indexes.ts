import { isNumber } from '../bson/exact.ts';
import { toInteger, toNumber } from '../bson/numbers.ts';
import { encode } from '../bson/encode.ts';
import { splitPath } from '../bson/path.ts';
import { equal } from '../bson/compare.ts';
import { int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { completeCollation } from '../match/collation.ts';
import { MongoError, mongoError } from '../errors.ts';
import { PAUSE } from '../pause.ts';
import { equalKeys, idSpec } from '../plan/choose.ts';
import type { Collection } from '../store/collection.ts';
import { IndexSpec } from '../store/index-spec.ts';
import type { IndexTable } from '../store/index-table.ts';
import type { Operation } from './operation.ts';
import type { Request } from './request.ts';
import { refuseView } from './views.ts';

const MAX_INDEXES = 64;
const known = new Set([
  'v',
  'key',
  'name',
  'ns',
  'unique',
  'sparse',
  'background',
  'partialFilterExpression',
  'expireAfterSeconds',
  'hidden',
  'collation',
]);
const partialOperators = new Set(['$eq', '$exists', '$gt', '$gte', '$lt', '$lte', '$type', '$and', '$or', '$in']);

function checkKey(key: Value | undefined): Doc {
  if (!(key instanceof Map))
    throw mongoError('FailedToParse', "The 'key' field is a required property of an index specification");
  if (key.size === 0) throw mongoError('CannotCreateIndex', 'Index keys cannot be an empty object');
  if (key.size > 31) throw mongoError('CannotCreateIndex', 'Index key has more than 31 fields');
  for (const [path, direction] of key) {
    if (path === '' || splitPath(path).includes(''))
      throw mongoError('CannotCreateIndex', 'Index keys cannot contain an empty field');
    if (path.startsWith('$') || path.includes('$**'))
      throw mongoError(
        'CannotCreateIndex',
        `Index key contains an illegal field name or a wildcard, which is not supported: ${path}`,
      );
    if (direction === 'hashed') continue;
    if (typeof direction === 'string')
      throw mongoError('CannotCreateIndex', `Unknown or unsupported index plugin '${direction}'`);
    if (!isNumber(direction) || toNumber(direction) === 0 || Number.isNaN(toNumber(direction))) {
      throw mongoError(
        'CannotCreateIndex',
        `Values in the index key pattern must be numbers above or below 0: ${path}`,
      );
    }
  }
  return key;
}

function checkPartial(filter: Value): void {
  if (!(filter instanceof Map))
    throw mongoError('TypeMismatch', "The field 'partialFilterExpression' must be an object");
  for (const [name, value] of filter) {
    if (name.startsWith('$') && !partialOperators.has(name)) {
      throw mongoError('CannotCreateIndex', `unsupported expression in partial index: ${name}`);
    }
    if (value instanceof Map) checkPartial(value);
    if (Array.isArray(value) && name.startsWith('$') && name !== '$in') value.forEach(checkPartial);
    if (name === '$exists' && value === false)
      throw mongoError('CannotCreateIndex', 'unsupported expression in partial index: $exists: false');
  }
}

/** An index definition as it is stored and listed. */
function normalize(given: Doc, fallback: Doc | undefined): IndexSpec {
  for (const name of given.keys()) {
    if (!known.has(name))
      throw mongoError(
        'InvalidOptions',
        `The field '${name}' is not valid for an index specification, or not supported`,
      );
  }
  const key = checkKey(given.get('key'));
  const name = given.get('name');
  if (typeof name !== 'string' || name === '')
    throw mongoError('FailedToParse', "The 'name' field is a required property of an index specification");
  if (name === '*') throw mongoError('BadValue', "The index name '*' is not valid.");
  const document: Doc = new Map<string, Value>([
    ['v', int(2)],
    ['key', key],
    ['name', name],
  ]);
  for (const flag of ['unique', 'sparse', 'hidden']) {
    const value = given.get(flag);
    if (value === true || (isNumber(value) && toNumber(value) !== 0)) document.set(flag, true);
  }
  if (given.get('background') !== undefined) document.set('background', given.get('background') ?? null);
  addExpiry(given, key, document);
  if (document.has('unique') && [...key.values()].includes('hashed')) {
    throw new MongoError(16764, 'Currently hashed indexes cannot guarantee uniqueness. Use a regular index.');
  }
  const partial = given.get('partialFilterExpression');
  if (partial !== undefined) {
    checkPartial(partial);
    if (document.has('sparse'))
      throw mongoError('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
    document.set('partialFilterExpression', partial);
  }
  const collation = completeCollation(given.get('collation') ?? fallback);
  if (collation) document.set('collation', collation);
  return new IndexSpec(document);
}

function addExpiry(given: Doc, key: Doc, document: Doc): void {
  const expire = given.get('expireAfterSeconds');
  if (expire === undefined) return;
  const seconds = isNumber(expire) ? toInteger(expire) : undefined;
  if (seconds === undefined || seconds < 0 || seconds > 2147483647) {
    throw mongoError(
      'CannotCreateIndex',
      "TTL index 'expireAfterSeconds' option must be within an acceptable range, try a different number than the one given",
    );
  }
  if (key.size !== 1)
    throw mongoError('CannotCreateIndex', 'TTL indexes are single-field indexes, compound indexes do not support TTL');
  if (key.has('_id'))
    throw mongoError('CannotCreateIndex', "The field 'expireAfterSeconds' is not valid for an _id index specification");
  document.set('expireAfterSeconds', expire);
}

const identity = ['unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds'];

function sameOptions(left: Doc, right: Doc): boolean {
  return identity.every((name) => equal(left.get(name) ?? null, right.get(name) ?? null));
}

/** Whether the index is there already; throws when another is in its way. */
function exists(indexes: readonly IndexTable[], spec: IndexSpec): boolean {
  for (const { spec: one } of indexes) {
    const sameKey = encode(one.key).equals(encode(spec.key)) || equalKeys(one.key, spec.key);
    const sameSet = ['partialFilterExpression', 'collation'].every((name) =>
      equal(one.document.get(name) ?? null, spec.document.get(name) ?? null),
    );
    if (one.name === spec.name) {
      if (!sameKey || !sameSet) {
        throw mongoError(
          'IndexKeySpecsConflict',
          `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${spec.name}, existing index: ${one.name}`,
        );
      }
      if (!sameOptions(one.document, spec.document)) {
        throw mongoError(
          'IndexOptionsConflict',
          `An equivalent index already exists with the same name but different options. Requested index: ${spec.name}, existing index: ${one.name}`,
        );
      }
      return true;
    }
    if (sameKey && sameSet) {
      const reason = sameOptions(one.document, spec.document)
        ? `Index already exists with a different name: ${one.name}`
        : `An equivalent index already exists with a different name and options. Requested index: ${spec.name}, existing index: ${one.name}`;
      throw mongoError('IndexOptionsConflict', reason);
    }
  }
  return false;
}

export function createIndexes(request: Request): Doc | Promise<Doc> {
  const name = request.collection;
  const wanted = request.documents('indexes');
  if (wanted.length === 0) throw mongoError('BadValue', 'Must specify at least one index to create');
  return request.engine.store.writeSlowly(build(request, name, wanted));
}

function* build(request: Request, name: string, wanted: readonly Doc[]): Generator<typeof PAUSE, Doc> {
  const { catalog } = request.engine.store;
  const created = !catalog.find(request.database, name);
  const collection = catalog.ensure(request.database, name);
  refuseView(collection);
  const built: IndexTable[] = [];
  const before = collection.indexes.length + 1;
  for (const given of wanted) {
    const key = given.get('key');
    if (key instanceof Map && equalKeys(key, idSpec.key)) continue;
    const spec = normalize(given, collection.collation);
    if (exists([...collection.indexes, ...built], spec)) continue;
    if (before + built.length >= MAX_INDEXES)
      throw mongoError('CannotCreateIndex', `add index fails, too many indexes for ${collection.namespace}`);
    built.push(yield* interruptible(catalog.buildIndex(collection, spec), request.operation));
  }
  if (built.length > 0) catalog.addIndexes(collection, built);
  const after = collection.indexes.length + 1;
  const reply: Doc = new Map<string, Value>([
    ['numIndexesBefore', int(before)],
    ['numIndexesAfter', int(after)],
    ['createdCollectionAutomatically', created],
  ]);
  if (before === after) reply.set('note', 'all indexes already exist');
  return reply.set('ok', 1);
}

function* interruptible<T>(work: Generator<typeof PAUSE, T>, operation: Operation): Generator<typeof PAUSE, T> {
  let step = work.next();
  while (step.done !== true) {
    operation.check();
    yield PAUSE;
    step = work.next();
  }
  return step.value;
}

/** The collection of a command that needs one. */
export function existing(request: Request): Collection {
  const name = request.collection;
  const found = request.engine.store.catalog.find(request.database, name);
  if (!found) throw mongoError('NamespaceNotFound', `ns does not exist: ${request.database}.${name}`);
  return found;
}

export async function listIndexes(request: Request): Promise<Buffer> {
  const collection = existing(request);
  refuseView(collection);
  const documents = [idSpec.document, ...collection.indexes.map((index) => index.spec.document)];
  const options = request.document('cursor')?.get('batchSize');
  return request.engine.cursors.start(
    documents.map((document) => encode(document))[Symbol.iterator](),
    {
      namespace: collection.namespace,
      batchSize: isNumber(options) ? toNumber(options) : undefined,
      single: false,
    },
    request.operation,
  );
}

/** The indexes that a name, a key pattern, a list of names or `*` means. */
export function chosen(collection: Collection, wanted: Value): IndexTable[] {
  if (wanted === '*') return collection.indexes.slice();
  if (Array.isArray(wanted)) return wanted.flatMap((one) => chosen(collection, one));
  if (wanted === '_id_' || (wanted instanceof Map && equalKeys(wanted, idSpec.key)))
    throw mongoError('InvalidOptions', 'cannot drop _id index');
  const found = collection.indexes.filter((index) =>
    typeof wanted === 'string' ? index.spec.name === wanted : equalKeys(index.spec.key, wanted),
  );
  if (found.length === 0) {
    throw mongoError(
      'IndexNotFound',
      typeof wanted === 'string' ? `index not found with name [${wanted}]` : "can't find index with key",
    );
  }
  return found;
}

export function dropIndexes(request: Request): Doc {
  const collection = existing(request);
  refuseView(collection);
  const wanted = request.body.get('index') ?? request.body.get('deleteIndexes');
  if (wanted === undefined)
    throw mongoError('MissingField', "BSON field 'dropIndexes.index' is missing but a required field");
  const before = collection.indexes.length + 1;
  const { store } = request.engine;
  store.write(() => {
    for (const index of chosen(collection, wanted)) store.catalog.dropIndex(collection, index);
  });
  return new Map<string, Value>([
    ['nIndexesWas', int(before)],
    ['ok', 1],
  ]);
}
