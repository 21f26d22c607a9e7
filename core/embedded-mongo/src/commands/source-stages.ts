import { hostname } from 'node:os';
import { compileExpression } from '../aggregate/expressions/compile.ts';
import { count } from '../bson/numbers.ts';
import { Binary, DateTime } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { MongoError, mongoError } from '../errors.ts';
import { idSpec } from '../plan/choose.ts';
import { runningOperations } from './diagnostics.ts';
import { existing } from './indexes.ts';
import type { Request } from './request.ts';
import { storageStats } from './stats.ts';
import { refuseView } from './views.ts';

/** A stage that makes documents from nothing; it can only be the first. */
interface SourceStage {
  /** Whether it belongs to a database (`aggregate: 1`) rather than to a collection. */
  readonly wholeDatabase: boolean;
  readonly run: (request: Request, argument: Value) => Doc[];
}

function documents(_request: Request, argument: Value): Doc[] {
  const nothing: Doc = new Map<string, Value>();
  const list = compileExpression(argument)({ root: nothing, current: nothing, variables: new Map() });
  if (!Array.isArray(list)) throw new MongoError(5858203, 'an array is expected for $documents');
  return list.map((one) => {
    if (!(one instanceof Map)) throw new MongoError(40228, "'newRoot' expression must evaluate to an object");
    return one;
  });
}

function collectionStats(request: Request, argument: Value): Doc[] {
  if (!(argument instanceof Map)) throw new MongoError(5447000, '$collStats must take a nested object');
  const collection = existing(request);
  refuseView(collection);
  const result: Doc = new Map<string, Value>([
    ['ns', collection.namespace],
    ['host', hostname()],
    ['localTime', new DateTime(Date.now())],
  ]);
  for (const name of argument.keys()) {
    if (name === 'storageStats') result.set(name, new Map(storageStats(collection, 1)));
    else if (name === 'count') result.set(name, count(collection.table.count()));
    else throw mongoError('UnknownField', `BSON field '$collStats.${name}' is an unknown field or not supported.`);
  }
  return [result];
}

function indexStats(request: Request): Doc[] {
  const collection = existing(request);
  refuseView(collection);
  return [idSpec, ...collection.indexes.map((index) => index.spec)].map(
    (spec): Doc =>
      new Map<string, Value>([
        ['name', spec.name],
        ['key', spec.key],
        ['host', hostname()],
        ['spec', spec.document],
      ]),
  );
}

/** The session of the one that asks: the server keeps no others. */
function localSessions(request: Request): Doc[] {
  const session = request.document('lsid');
  if (!session) return [];
  const id: Doc = new Map<string, Value>([...session, ['uid', new Binary(0, Buffer.alloc(32))]]);
  return [
    new Map<string, Value>([
      ['_id', id],
      ['lastUse', new DateTime(Date.now())],
    ]),
  ];
}

/** By name. */
export const sourceStages: ReadonlyMap<string, SourceStage> = new Map<string, SourceStage>([
  ['$documents', { wholeDatabase: true, run: documents }],
  ['$currentOp', { wholeDatabase: true, run: (request) => runningOperations(request) }],
  ['$listLocalSessions', { wholeDatabase: true, run: localSessions }],
  ['$collStats', { wholeDatabase: false, run: collectionStats }],
  ['$indexStats', { wholeDatabase: false, run: indexStats }],
]);
