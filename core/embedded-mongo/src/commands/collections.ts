import { encode } from '../bson/encode.ts';
import { int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { equal } from '../bson/compare.ts';
import { mongoError } from '../errors.ts';
import { matches } from '../match/matches.ts';
import { parseFilter } from '../match/parse.ts';
import { idSpec } from '../plan/choose.ts';
import type { Collection } from '../store/collection.ts';
import { ok } from './replies.ts';
import type { Request } from './request.ts';
import { refuseView } from './views.ts';

export function drop(request: Request): Doc {
  const { store } = request.engine;
  const collection = store.catalog.find(request.database, request.collection);
  // Since MongoDB 7 dropping what is not there is no error.
  if (!collection) return ok();
  const indexes = collection.view ? 0 : collection.indexes.length + 1;
  store.write(() => store.catalog.drop(collection));
  return ok([...(indexes > 0 ? [['nIndexesWas', int(indexes)] as const] : []), ['ns', collection.namespace]]);
}

export function dropDatabase(request: Request): Doc {
  const { store } = request.engine;
  const collections = store.catalog.list(request.database);
  store.write(() => {
    for (const collection of collections) store.catalog.drop(collection);
  });
  return collections.length > 0 ? ok([['dropped', request.database]]) : ok();
}

function describe(collection: Collection, nameOnly: boolean): Doc {
  const short: (readonly [string, Value])[] = [
    ['name', collection.name],
    ['type', collection.view ? 'view' : 'collection'],
  ];
  if (nameOnly) return new Map(short);
  return new Map<string, Value>([
    ...short,
    ['options', collection.options],
    collection.view
      ? ['info', new Map<string, Value>([['readOnly', true]])]
      : [
          'info',
          new Map<string, Value>([
            ['readOnly', false],
            ['uuid', collection.uuid],
          ]),
        ],
    ...(collection.view ? [] : [['idIndex', idSpec.document] as const]),
  ]);
}

export async function listCollections(request: Request): Promise<Buffer> {
  const node = parseFilter(request.document('filter') ?? new Map<string, Value>());
  const nameOnly = request.boolean('nameOnly', false);
  const found = request.engine.store.catalog
    .list(request.database)
    .filter((collection) => matches(node, describe(collection, false)));
  const documents = found.map((collection) => encode(describe(collection, nameOnly)));
  return request.engine.cursors.start(
    documents[Symbol.iterator](),
    {
      namespace: `${request.database}.$cmd.listCollections`,
      batchSize: undefined,
      single: false,
    },
    request.operation,
  );
}

export function listDatabases(request: Request): Doc {
  const { store } = request.engine;
  const node = parseFilter(request.document('filter') ?? new Map<string, Value>());
  const all = store.catalog.databases().map((name): Doc => {
    const size = BigInt(store.size());
    return new Map<string, Value>([
      ['name', name],
      ['sizeOnDisk', size],
      ['empty', false],
    ]);
  });
  const found = all.filter((one) => matches(node, one));
  const nameOnly = request.boolean('nameOnly', false);
  if (nameOnly) return ok([['databases', found.map((one): Doc => new Map([['name', one.get('name') ?? null]]))]]);
  return ok([
    ['databases', found],
    ['totalSize', BigInt(store.size())],
    ['totalSizeMb', BigInt(Math.floor(store.size() / 1048576))],
  ]);
}

export function renameCollection(request: Request): Doc {
  const from = request.body.get('renameCollection');
  const to = request.body.get('to');
  if (typeof from !== 'string' || typeof to !== 'string')
    throw mongoError('TypeMismatch', 'renameCollection needs two namespaces');
  const [fromDatabase = '', ...fromName] = from.split('.');
  const [toDatabase = '', ...toName] = to.split('.');
  const { store } = request.engine;
  const collection = store.catalog.find(fromDatabase, fromName.join('.'));
  if (!collection) throw mongoError('NamespaceNotFound', `Source collection ${from} does not exist`);
  refuseView(collection);
  if (equal(from, to)) throw mongoError('IllegalOperation', "Can't rename a collection to itself");
  const target = store.catalog.find(toDatabase, toName.join('.'));
  if (target && !request.boolean('dropTarget', false)) throw mongoError('NamespaceExists', 'target namespace exists');
  store.write(() => {
    if (target) store.catalog.drop(target);
    store.catalog.rename(collection, toDatabase, toName.join('.'));
  });
  return ok();
}
