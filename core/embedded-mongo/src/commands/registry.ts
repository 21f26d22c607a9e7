import { decode } from '../bson/decode.ts';
import { isNumber } from '../bson/exact.ts';
import { toNumber } from '../bson/numbers.ts';
import type { Doc } from '../bson/values.ts';
import { MongoError, mongoError } from '../errors.ts';
import { aggregate } from './aggregate.ts';
import { collMod } from './coll-mod.ts';
import { createIndexes, dropIndexes, listIndexes } from './indexes.ts';
import { drop, dropDatabase, listCollections, listDatabases, renameCollection } from './collections.ts';
import { create } from './create.ts';
import { count, distinct } from './counting.ts';
import {
  currentOp,
  dataSize,
  endTransaction,
  features,
  getCmdLineOpts,
  getLog,
  killOp,
  notReplicated,
  profile,
  rolesInfo,
  startSession,
  top,
  usersInfo,
  whatsMyUri,
} from './diagnostics.ts';
import { remove } from './delete.ts';
import type { Engine } from './engine.ts';
import { explain } from './explain.ts';
import type { FailPoints } from './fail-points.ts';
import { findAndModify } from './find-and-modify.ts';
import { checkFields } from './fields.ts';
import { find } from './find.ts';
import { insert } from './insert.ts';
import { getParameter, setParameter } from './parameters.ts';
import { isOutput } from './output.ts';
import type { Reply } from './reply.ts';
import type { Request } from './request.ts';
import { buildInfo, connectionStatus, getMore, hello, hostInfo, killCursors, ping, serverStatus } from './server.ts';
import { collStats, dbStats } from './stats.ts';
import { update } from './update.ts';
import { validate } from './validate.ts';

type Handler = (request: Request) => Reply | Promise<Reply>;

const handlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['hello', hello],
  ['isMaster', hello],
  ['ismaster', hello],
  ['ping', ping],
  ['buildInfo', buildInfo],
  ['buildinfo', buildInfo],
  ['serverStatus', serverStatus],
  ['connectionStatus', connectionStatus],
  ['hostInfo', hostInfo],
  ['endSessions', ping],
  ['refreshSessions', ping],
  ['killSessions', ping],
  ['insert', insert],
  ['find', find],
  ['update', update],
  ['delete', remove],
  ['findAndModify', findAndModify],
  ['findandmodify', findAndModify],
  ['getMore', getMore],
  ['killCursors', killCursors],
  ['aggregate', aggregate],
  ['explain', explain],
  ['count', count],
  ['distinct', distinct],
  ['create', create],
  ['drop', drop],
  ['dropDatabase', dropDatabase],
  ['listCollections', listCollections],
  ['createIndexes', createIndexes],
  ['listIndexes', listIndexes],
  ['dropIndexes', dropIndexes],
  ['deleteIndexes', dropIndexes],
  ['collMod', collMod],
  ['collStats', collStats],
  ['collstats', collStats],
  ['dbStats', dbStats],
  ['dbstats', dbStats],
  ['dataSize', dataSize],
  ['datasize', dataSize],
  ['validate', validate],
  ['whatsmyuri', whatsMyUri],
  ['features', features],
  ['profile', profile],
  ['usersInfo', usersInfo],
  ['rolesInfo', rolesInfo],
  ['startSession', startSession],
  ['commitTransaction', endTransaction],
  ['abortTransaction', endTransaction],
]);

/** The commands of the admin database. */
const adminHandlers: ReadonlyMap<string, Handler> = new Map<string, Handler>([
  ['listDatabases', listDatabases],
  ['renameCollection', renameCollection],
  ['getParameter', getParameter],
  ['setParameter', setParameter],
  ['getCmdLineOpts', getCmdLineOpts],
  ['getLog', getLog],
  ['currentOp', currentOp],
  ['killOp', killOp],
  ['top', top],
  ['replSetGetStatus', notReplicated],
  ['replSetGetConfig', notReplicated],
]);

/** Every command that has an answer of its own. */
export const commandNames: readonly string[] = [...handlers.keys(), ...adminHandlers.keys(), 'configureFailPoint'];

function handlerOf(request: Request): Handler {
  const handler = handlers.get(request.name);
  if (handler) return handler;
  const { failPoints } = request.engine;
  const admin =
    request.name === 'configureFailPoint' && failPoints
      ? (one: Request): Doc => failPoints.configure(one)
      : adminHandlers.get(request.name);
  if (!admin) throw mongoError('CommandNotFound', `no such command: '${request.name}'`);
  if (request.database !== 'admin')
    throw mongoError('Unauthorized', `${request.name} may only be run against the admin database.`);
  return admin;
}

/** Whether the reply must wait for the disk. */
interface Concern {
  readonly journaled: boolean;
}

const reads = new Set([
  'find',
  'getMore',
  'count',
  'distinct',
  'explain',
  'listCollections',
  'listIndexes',
  'listDatabases',
  'collStats',
  'dbStats',
]);

const writes = new Set([
  'insert',
  'update',
  'delete',
  'findAndModify',
  'findandmodify',
  'create',
  'drop',
  'dropDatabase',
  'createIndexes',
  'dropIndexes',
  'deleteIndexes',
  'collMod',
  'renameCollection',
]);

/** Whether a command may write, and so has to wait for an index that is being built. */
function mayWrite({ name, body }: Request): boolean {
  const pipeline = name === 'aggregate' ? body.get('pipeline') : undefined;
  return writes.has(name) || (Array.isArray(pipeline) && pipeline.some(isOutput));
}

function checkWriteConcern(request: Request): Concern {
  const concern = request.body.get('writeConcern');
  if (concern === undefined) return { journaled: false };
  if (reads.has(request.name))
    throw mongoError('InvalidOptions', `Command ${request.name} does not support writeConcern`);
  if (!(concern instanceof Map)) throw mongoError('TypeMismatch', 'writeConcern must be an object');
  const w = concern.get('w');
  if (typeof w === 'string' && w !== 'majority')
    throw new MongoError(2, "cannot use non-majority 'w' mode when a host is not a member of a replica set");
  if (isNumber(w) && toNumber(w) > 1) throw new MongoError(2, "cannot use 'w' > 1 when a host is not replicated");
  if (isNumber(w) && toNumber(w) < 0)
    throw mongoError('FailedToParse', 'w has to be a non-negative number and not greater than 50');
  const j = concern.get('j') ?? concern.get('fsync');
  return { journaled: j === true || (isNumber(j) && toNumber(j) !== 0) };
}

function refuseTransaction(request: Request): void {
  const { body } = request;
  if (body.has('startTransaction') || body.has('autocommit')) {
    throw mongoError('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  }
  if (body.has('txnNumber'))
    throw mongoError('IllegalOperation', 'Transaction numbers are only allowed on a replica set member or mongos');
  const level = request.document('readConcern')?.get('level');
  if (level === 'snapshot')
    throw mongoError('InvalidOptions', 'read concern level snapshot is only valid in a transaction');
}

/** Waits for the commit and for the disk, as far as the store and the write concern ask for it. */
async function settle(answer: () => Reply | Promise<Reply>, { store }: Engine, { journaled }: Concern): Promise<Reply> {
  let reply: Reply;
  try {
    reply = await answer();
  } finally {
    await store.settled();
  }
  if (journaled && store.durability === 'normal') await store.journal.synced();
  return reply;
}

function perform(request: Request): Reply | Promise<Reply> {
  if (request.engine.store.held && mayWrite(request)) return performLater(request);
  const handler = handlerOf(request);
  checkFields(request.name, request.body);
  refuseTransaction(request);
  const concern = checkWriteConcern(request);
  const { engine } = request;
  engine.counters.set(request.name, (engine.counters.get(request.name) ?? 0) + 1);
  if (concern.journaled || engine.store.durability === 'full') return settle(() => handler(request), engine, concern);
  return handler(request);
}

async function performLater(request: Request): Promise<Reply> {
  const { store } = request.engine;
  while (store.held) {
    await store.held;
    request.operation.check();
  }
  return perform(request);
}

async function performStruck(request: Request, failPoints: FailPoints): Promise<Reply> {
  const concernError = await failPoints.strike(request);
  const reply = await perform(request);
  if (concernError === undefined) return reply;
  return new Map([...(Buffer.isBuffer(reply) ? decode(reply) : reply), ['writeConcernError', concernError]]);
}

/**
 * Answers one command: at once when nothing has to be waited for, which spares the quick ones a turn.
 * @throws MongoError 59 for one that does not exist
 */
export function runCommand(request: Request): Reply | Promise<Reply> {
  const { failPoints, running } = request.engine;
  const reply = failPoints ? performStruck(request, failPoints) : perform(request);
  if (!(reply instanceof Promise)) return reply;
  running.add(request);
  return reply.finally(() => running.delete(request));
}
