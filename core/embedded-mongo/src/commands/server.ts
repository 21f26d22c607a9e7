import { hostname } from 'node:os';
import { isNumber } from '../bson/exact.ts';
import { toNumber } from '../bson/numbers.ts';
import { DateTime, int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import { MONGODB_VERSION, ok } from './replies.ts';
import type { Request } from './request.ts';

/** The handshake of a standalone server: no set name, so no transactions and no change streams. */
export function hello(request: Request): Doc {
  const application = request.document('client')?.get('application');
  const appName = application instanceof Map ? application.get('name') : undefined;
  if (typeof appName === 'string') request.client.appName = appName;
  const legacy = request.name !== 'hello';
  return ok([
    [legacy ? 'ismaster' : 'isWritablePrimary', true],
    ['helloOk', true],
    ['maxBsonObjectSize', int(16 * 1024 * 1024)],
    ['maxMessageSizeBytes', int(48_000_000)],
    ['maxWriteBatchSize', int(100_000)],
    ['localTime', new DateTime(Date.now())],
    ['logicalSessionTimeoutMinutes', int(30)],
    ['connectionId', int(request.client.connectionId)],
    ['minWireVersion', int(0)],
    ['maxWireVersion', int(21)],
    ['readOnly', false],
  ]);
}

export const ping = (): Doc => ok();

export function buildInfo(): Doc {
  return ok([
    ['version', MONGODB_VERSION],
    ['gitVersion', 'embedded'],
    ['modules', []],
    [
      'versionArray',
      MONGODB_VERSION.split('.')
        .map((part) => int(Number(part)))
        .concat(int(0)),
    ],
    ['bits', int(64)],
    ['debug', false],
    ['maxBsonObjectSize', int(16 * 1024 * 1024)],
    ['storageEngines', ['sqlite']],
    ['javascriptEngine', 'none'],
    ['allocator', 'system'],
    [
      'buildEnvironment',
      new Map<string, Value>([
        ['distarch', process.arch],
        ['target_os', process.platform],
      ]),
    ],
    [
      'openssl',
      new Map<string, Value>([
        ['running', 'none'],
        ['compiled', 'none'],
      ]),
    ],
  ]);
}

export function serverStatus(request: Request): Doc {
  const { engine } = request;
  const memory = process.memoryUsage();
  return ok([
    ['host', hostname()],
    ['version', MONGODB_VERSION],
    ['process', 'embedded-mongo'],
    ['pid', BigInt(process.pid)],
    ['uptime', (Date.now() - engine.startedAt) / 1000],
    ['localTime', new DateTime(Date.now())],
    [
      'connections',
      new Map<string, Value>([
        ['current', int(engine.connections())],
        ['available', int(100_000)],
      ]),
    ],
    ['mem', new Map<string, Value>([['resident', int(Math.round(memory.rss / 1048576))]])],
    ['storageEngine', new Map<string, Value>([['name', 'sqlite']])],
  ]);
}

export function connectionStatus(): Doc {
  return ok([
    [
      'authInfo',
      new Map<string, Value>([
        ['authenticatedUsers', []],
        ['authenticatedUserRoles', []],
      ]),
    ],
  ]);
}

export const hostInfo = (): Doc => ok([['system', new Map<string, Value>([['hostname', hostname()]])]]);

export async function getMore(request: Request): Promise<Buffer> {
  const id = request.body.get('getMore');
  const collection = request.body.get('collection');
  if (typeof id !== 'bigint')
    throw mongoError('TypeMismatch', "BSON field 'getMore.getMore' is the wrong type, expected type 'long'");
  if (typeof collection !== 'string')
    throw mongoError('TypeMismatch', "BSON field 'getMore.collection' is the wrong type, expected type 'string'");
  if (request.body.has('maxTimeMS'))
    throw mongoError('BadValue', 'cannot set maxTimeMS on getMore command for a non-awaitData cursor');
  return request.engine.cursors.next(
    id,
    `${request.database}.${collection}`,
    request.integer('batchSize'),
    request.operation,
  );
}

export function killCursors(request: Request): Doc {
  const ids = request.array('cursors') ?? [];
  const killed: Value[] = [];
  const missing: Value[] = [];
  for (const id of ids) {
    const number = typeof id === 'bigint' ? id : isNumber(id) ? BigInt(Math.trunc(toNumber(id))) : 0n;
    (request.engine.cursors.kill(number) ? killed : missing).push(number);
  }
  return ok([
    ['cursorsKilled', killed],
    ['cursorsNotFound', missing],
    ['cursorsAlive', []],
    ['cursorsUnknown', []],
  ]);
}
