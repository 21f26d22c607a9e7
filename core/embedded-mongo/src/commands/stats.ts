import { isNumber } from '../bson/exact.ts';
import { count, toNumber } from '../bson/numbers.ts';
import { int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import { ok } from './replies.ts';
import type { Request } from './request.ts';
import { refuseView } from './views.ts';

function scaleOf(value: Value | undefined): number {
  const scale = isNumber(value) ? Math.trunc(toNumber(value)) : 1;
  if (scale < 1) throw mongoError('BadValue', `BSON field 'scale' value must be >= 1, actual value '${scale}'`);
  return scale;
}

/** Sizes of a collection: the bytes of its documents and of its indexes' keys. */
export function storageStats(collection: Collection | undefined, scale: number): (readonly [string, Value])[] {
  const { documents, bytes } = collection?.table.sizes() ?? { documents: 0, bytes: 0 };
  const size = (value: number): Value => count(Math.floor(value / scale));
  // The index on _id is part of the documents' table.
  const sizes = (collection?.indexes ?? []).map((index): [string, number] => [index.spec.name, index.bytes()]);
  const total = sizes.reduce((sum, [, one]) => sum + one, 0);
  return [
    ['size', size(bytes)],
    ['count', count(documents)],
    ...(documents > 0 ? [['avgObjSize', count(Math.floor(bytes / documents))] as const] : []),
    ['numOrphanDocs', int(0)],
    ['storageSize', size(bytes)],
    ['freeStorageSize', int(0)],
    ['capped', false],
    ['nindexes', int(collection ? collection.indexes.length + 1 : 0)],
    ['indexDetails', new Map<string, Value>()],
    ['indexBuilds', []],
    ['totalIndexSize', size(total)],
    ['totalSize', size(bytes + total)],
    [
      'indexSizes',
      new Map<string, Value>([
        ...(collection ? [['_id_', int(0)] as const] : []),
        ...sizes.map(([name, one]) => [name, size(one)] as const),
      ]),
    ],
    ['scaleFactor', int(scale)],
  ];
}

export function collStats(request: Request): Doc {
  const collection = request.engine.store.catalog.find(request.database, request.collection);
  refuseView(collection);
  const scale = scaleOf(request.body.get('scale'));
  return ok([['ns', `${request.database}.${request.collection}`], ...storageStats(collection, scale)]);
}

export function dbStats(request: Request): Doc {
  const all = request.engine.store.catalog.list(request.database);
  const collections = all.filter((one) => !one.view);
  const scale = scaleOf(request.body.get('scale'));
  let objects = 0;
  let data = 0;
  let indexBytes = 0;
  for (const one of collections) {
    const { documents, bytes } = one.table.sizes();
    objects += documents;
    data += bytes;
    for (const index of one.indexes) indexBytes += index.bytes();
  }
  return ok([
    ['db', request.database],
    ['collections', count(collections.length)],
    ['views', count(all.length - collections.length)],
    ['objects', count(objects)],
    ['avgObjSize', objects > 0 ? data / objects : 0],
    ['dataSize', data / scale],
    ['storageSize', data / scale],
    ['indexes', count(collections.reduce((sum, one) => sum + one.indexes.length + 1, 0))],
    ['indexSize', indexBytes / scale],
    ['totalSize', (data + indexBytes) / scale],
    ['scaleFactor', int(scale)],
    ['fsUsedSize', request.engine.store.size() / scale],
  ]);
}
