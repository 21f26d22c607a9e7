import { isNumber } from '../bson/exact.ts';
import { toNumber } from '../bson/numbers.ts';
import { int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { MongoError, mongoError } from '../errors.ts';
import { ok } from './replies.ts';
import type { Running } from './operation.ts';

/** Thrown to cut the client's connection off without an answer. */
export class CutConnection extends Error {
  override readonly name: string = 'CutConnection';
}

interface FailPoint {
  readonly data: Doc;
  left: number;
  skip: number;
}

const known = new Set(['failCommand', 'maxTimeAlwaysTimeOut', 'maxTimeNeverTimeOut']);

function documentOf(value: Value | undefined): Doc {
  return value instanceof Map ? value : new Map<string, Value>();
}

/** Faults that a test orders, as MongoDB's `configureFailPoint` does when test commands are on. */
export class FailPoints {
  readonly #points = new Map<string, FailPoint>();

  /** The command `configureFailPoint`. @throws MongoError 9 for a name that is not known */
  configure(request: Running): Doc {
    const name = request.body.get('configureFailPoint');
    if (typeof name !== 'string' || !known.has(name)) throw mongoError('FailedToParse', 'unknown fail point');
    const mode = request.body.get('mode');
    const data = documentOf(request.body.get('data'));
    this.#points.delete(name);
    if (mode === 'alwaysOn') this.#points.set(name, { data, left: Infinity, skip: 0 });
    else if (mode instanceof Map) {
      const [times, skip] = [mode.get('times'), mode.get('skip')];
      this.#points.set(name, {
        data,
        left: isNumber(times) ? toNumber(times) : Infinity,
        skip: isNumber(skip) ? toNumber(skip) : 0,
      });
    }
    return ok([['count', int(0)]]);
  }

  #take(name: string): Doc | undefined {
    const point = this.#points.get(name);
    if (!point) return undefined;
    if (point.skip > 0) {
      point.skip--;
      return undefined;
    }
    if (--point.left <= 0) this.#points.delete(name);
    return point.data;
  }

  #concerns(request: Running): boolean {
    const data = this.#points.get('failCommand')?.data;
    const commands = data?.get('failCommands');
    if (!data || !Array.isArray(commands)) return false;
    const appName = data.get('appName');
    if (appName !== undefined && appName !== request.client.appName) return false;
    return commands.includes(request.name) && request.name !== 'configureFailPoint';
  }

  /**
   * Lets a command fail as it was ordered.
   * @returns an error that goes into the reply of a command that works, if one was ordered
   * @throws MongoError, or CutConnection
   */
  async strike(request: Running): Promise<Value | undefined> {
    if (request.body.has('maxTimeMS') && this.#take('maxTimeAlwaysTimeOut'))
      throw mongoError('MaxTimeMSExpired', 'operation exceeded time limit');
    if (!this.#concerns(request)) return undefined;
    const data = this.#take('failCommand');
    if (!data) return undefined;
    const wait = data.get('blockTimeMS');
    if (data.get('blockConnection') === true && isNumber(wait))
      await new Promise((resolve) => setTimeout(resolve, toNumber(wait)));
    if (data.get('closeConnection') === true) throw new CutConnection('cut by a fail point');
    const code = data.get('errorCode');
    const labels = data.get('errorLabels');
    if (isNumber(code)) {
      throw new MongoError(
        toNumber(code),
        `Failing command via 'failCommand' failpoint`,
        labels === undefined ? new Map() : new Map([['errorLabels', labels]]),
      );
    }
    return data.get('writeConcernError');
  }
}
