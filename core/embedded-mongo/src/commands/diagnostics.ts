import { isNumber } from '../bson/exact.ts';
import { count, toNumber } from '../bson/numbers.ts';
import { int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { MongoError, mongoError } from '../errors.ts';
import { matches } from '../match/matches.ts';
import { parseFilter } from '../match/parse.ts';
import type { Running } from './operation.ts';
import { ok } from './replies.ts';
import type { Request } from './request.ts';

/** What runs now, oldest first; the request that asks is one of it. */
export function runningOperations(request: Request): Doc[] {
  const all = new Set<Running>([...request.engine.running, request]);
  return [...all].map((one) => {
    const micros = Math.round((performance.now() - one.operation.startedAt) * 1000);
    const target = one.body.get(one.name);
    return new Map<string, Value>([
      ['type', 'op'],
      ['host', 'embedded-mongo'],
      ['desc', `conn${one.client.connectionId}`],
      ['connectionId', int(one.client.connectionId)],
      ['client', one.client.address],
      ['appName', one.client.appName],
      ['active', true],
      ['opid', int(one.operation.id)],
      ['op', one.name === 'getMore' ? 'getmore' : 'command'],
      ['ns', typeof target === 'string' ? `${one.database}.${target}` : `${one.database}.$cmd`],
      ['command', one.body],
      ['secs_running', BigInt(Math.floor(micros / 1e6))],
      ['microsecs_running', BigInt(micros)],
    ]);
  });
}

/** The operations that satisfy the command's own fields. */
export function currentOp(request: Request): Doc {
  const hidden = [
    'currentOp',
    '$all',
    '$ownOps',
    '$db',
    'lsid',
    '$readPreference',
    '$clusterTime',
    'comment',
    'maxTimeMS',
  ];
  const filter: Doc = new Map([...request.body].filter(([name]) => !hidden.includes(name)));
  const node = parseFilter(filter);
  return ok([['inprog', runningOperations(request).filter((one) => matches(node, one))]]);
}

/** Stops one operation at its next pause; an unknown number is no error. */
export function killOp(request: Request): Doc {
  const wanted = request.body.get('op');
  if (!isNumber(wanted)) throw mongoError('TypeMismatch', 'Expected field "op" of type long');
  for (const one of request.engine.running) if (one.operation.id === toNumber(wanted)) one.operation.kill();
  return ok([['info', 'attempting to kill op']]);
}

export const whatsMyUri = (request: Request): Doc => ok([['you', request.client.address]]);

/** There is no log to read: the engine tells its faults to the process that started it. */
export function getLog(request: Request): Doc {
  const wanted = request.body.get('getLog');
  if (wanted === '*') return ok([['names', ['global', 'startupWarnings']]]);
  if (wanted === 'global' || wanted === 'startupWarnings')
    return ok([
      ['totalLinesWritten', int(0)],
      ['log', []],
    ]);
  throw mongoError('OperationFailed', `No log named '${typeof wanted === 'string' ? wanted : ''}'`);
}

export function getCmdLineOpts(): Doc {
  return ok([
    ['argv', ['embedded-mongo']],
    ['parsed', new Map<string, Value>()],
  ]);
}

export function top(request: Request): Doc {
  const totals: Doc = new Map<string, Value>([['note', 'all times in microseconds']]);
  for (const collection of request.engine.store.catalog.list())
    totals.set(collection.namespace, new Map<string, Value>());
  return ok([['totals', totals]]);
}

export const features = (): Doc =>
  ok([
    ['js', new Map<string, Value>()],
    ['oidMachine', int(0)],
  ]);

/** Profiling is off and stays off. */
export function profile(request: Request): Doc {
  const level = request.body.get('profile');
  if (!isNumber(level))
    throw mongoError('TypeMismatch', "BSON field 'profile.profile' is the wrong type, expected type 'int'");
  if (toNumber(level) > 0) throw mongoError('CommandNotSupported', 'the profiler is not supported');
  return ok([
    ['was', int(0)],
    ['slowms', int(100)],
    ['sampleRate', 1],
  ]);
}

/** What a server without a replica set says. */
export function notReplicated(): Doc {
  throw new MongoError(76, 'not running with --replSet');
}

/** There are no users: the engine listens to its own machine only. */
export const usersInfo = (): Doc => ok([['users', []]]);
export const rolesInfo = (): Doc => ok([['roles', []]]);

export function startSession(): Doc {
  throw mongoError('CommandNotSupported', 'sessions are made by the client; the server keeps none');
}

/** Ends a transaction: there never is one. */
export function endTransaction(request: Request): Doc {
  throw new MongoError(125, `${request.name} must be run within a transaction`);
}

/** How many documents a collection has, and their bytes. */
export function dataSize(request: Request): Doc {
  const namespace = request.body.get('dataSize') ?? request.body.get('datasize');
  if (typeof namespace !== 'string') throw mongoError('TypeMismatch', 'dataSize needs a namespace');
  const [database = '', ...name] = namespace.split('.');
  const collection = request.engine.store.catalog.find(database, name.join('.'));
  const { documents, bytes } = collection?.table.sizes() ?? { documents: 0, bytes: 0 };
  return ok([
    ['estimate', false],
    ['size', count(bytes)],
    ['numObjects', count(documents)],
    ['millis', int(0)],
  ]);
}
