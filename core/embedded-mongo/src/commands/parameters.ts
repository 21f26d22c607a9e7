import { isNumber } from '../bson/exact.ts';
import { toNumber } from '../bson/numbers.ts';
import { int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import { MONGODB_VERSION, ok } from './replies.ts';
import type { Request } from './request.ts';

/** What a client may ask for; all of them are what this engine does, and none changes what it does. */
function parametersOf(request: Request): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    [
      'featureCompatibilityVersion',
      new Map<string, Value>([['version', MONGODB_VERSION.split('.').slice(0, 2).join('.')]]),
    ],
    ['enableTestCommands', request.engine.failPoints !== undefined],
    ['authenticationMechanisms', []],
    ['requireApiVersion', false],
    ['quiet', false],
    ['logLevel', int(0)],
    ['maxBSONDepth', int(200)],
    ['ttlMonitorEnabled', request.engine.expiry.enabled],
    ['ttlMonitorSleepSecs', int(request.engine.expiry.seconds)],
    ['cursorTimeoutMillis', 600_000n],
    ['notablescan', false],
    ['localLogicalSessionTimeoutMinutes', int(30)],
  ]);
}

/** The parameters that were named, or all for `'*'`. */
export function getParameter(request: Request): Doc {
  const all = parametersOf(request);
  const wanted = request.body.get('getParameter');
  const everything = wanted === '*' || (wanted instanceof Map && wanted.get('allParameters') === true);
  const found = [...all].filter(([name]) => everything || request.body.has(name));
  if (found.length === 0) throw mongoError('InvalidOptions', 'no option found to get');
  return ok(found);
}

/** Sets the clock of the TTL indexes; accepts what is so already; there is nothing else to set. */
export function setParameter(request: Request): Doc {
  const all = parametersOf(request);
  const [[name, value] = ['', null]] = [...request.body].filter(
    ([field]) => field !== 'setParameter' && !field.startsWith('$') && field !== 'lsid' && field !== 'comment',
  );
  const now = all.get(name);
  if (now === undefined)
    throw mongoError(
      'InvalidOptions',
      `attempted to set unrecognized parameter [${name}], use help:true to see options`,
    );
  const { expiry } = request.engine;
  if (name === 'ttlMonitorSleepSecs' && isNumber(value) && toNumber(value) >= 1) {
    expiry.seconds = Math.trunc(toNumber(value));
    return ok([['was', now]]);
  }
  if (name === 'ttlMonitorEnabled' && typeof value === 'boolean') {
    expiry.enabled = value;
    return ok([['was', now]]);
  }
  const same = isNumber(now) && isNumber(value) ? toNumber(now) === toNumber(value) : now === value;
  if (!same) throw mongoError('IllegalOperation', `not allowed to change [${name}] at runtime`);
  return ok([['was', now]]);
}
