import { buildPipeline, stageParts } from '../aggregate/run.ts';
import type { Stream } from '../aggregate/stage.ts';
import { encode } from '../bson/encode.ts';
import { isNumber } from '../bson/exact.ts';
import { count, toNumber } from '../bson/numbers.ts';
import { Int32 } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import { PAUSE, nextTurn } from '../pause.ts';
import { countByIndex } from '../plan/covered-count.ts';
import { MAX_DOCUMENT } from '../store/collection.ts';
import type { Collection } from '../store/collection.ts';
import { cursorReply } from './cursor-reply.ts';
import { explainPipeline } from './explain-pipeline.ts';
import { isOutput, parseOutput, writeOutput } from './output.ts';
import { createContext, planPipeline, runPipeline } from './pipeline.ts';
import { runQuery } from './query.ts';
import type { Query } from './query.ts';
import type { Reply } from './reply.ts';
import type { Request } from './request.ts';
import { sourceStages } from './source-stages.ts';

function checkSize(bytes: Buffer): Buffer {
  if (bytes.length <= MAX_DOCUMENT) return bytes;
  throw mongoError(
    'BSONObjectTooLarge',
    `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT}`,
  );
}

function* encoded(stream: Stream): Generator<Buffer | typeof PAUSE> {
  for (const document of stream) yield document === PAUSE ? PAUSE : checkSize(encode(document));
}

const isOne = (value: Value | undefined): boolean => value instanceof Int32 && value.value === 1;

/** Whether a pipeline is what a driver's countDocuments sends. */
function isCount(pipeline: readonly Value[]): boolean {
  const [match, ...rest] = pipeline;
  const limited = rest.length === 2 && rest[0] instanceof Map && rest[0].has('$limit');
  const group = limited ? rest[1] : rest[0];
  if (rest.length > 2 || (rest.length === 2 && !limited)) return false;
  if (!(match instanceof Map) || !match.has('$match') || !(group instanceof Map)) return false;
  const spec = group.get('$group');
  const counter = spec instanceof Map ? spec.get('n') : undefined;
  if (!(spec instanceof Map) || spec.size !== 2 || !isOne(spec.get('_id')) || !(counter instanceof Map)) return false;
  return counter.size === 1 && isOne(counter.get('$sum'));
}

/** @param limit no more than so many are of interest; 0 for all */
async function countOf(request: Request, collection: Collection, query: Query, limit: number): Promise<number> {
  if (!query.text) {
    const most = limit > 0 ? limit : Infinity;
    if (query.filter.size === 0 && query.hint === undefined) return Math.min(collection.table.count(), most);
    const counted = countByIndex(collection, { filter: query.node, hint: query.hint, limit: limit > 0 ? limit : -1 });
    if (counted !== undefined) return Math.min(counted, most);
  }
  let found = 0;
  for (const hit of runQuery(collection, query, { skip: 0, limit })) {
    if (hit === PAUSE) {
      request.operation.check();
      await nextTurn();
    } else found++;
  }
  return found;
}

/** The answer to countDocuments: no document when nothing was found. */
function countDocuments(found: number): Buffer[] {
  const document: Doc = new Map<string, Value>([
    ['_id', new Int32(1)],
    ['n', count(found)],
  ]);
  return found === 0 ? [] : [encode(document)];
}

/** Answers a driver's countDocuments: from an index alone where one can, else without decoding more than it must. */
async function quickCount(request: Request, pipeline: readonly Value[]): Promise<Buffer | undefined> {
  if (!isCount(pipeline)) return undefined;
  const collection = request.engine.store.catalog.find(request.database, request.collection);
  if (!collection || collection.view) return undefined;
  const { query, window } = planPipeline(request, pipeline, collection);
  const counted = await countOf(request, collection, query, window.limit);
  return cursorReply('firstBatch', countDocuments(counted), 0n, collection.namespace);
}

interface Opened {
  readonly name: string;
  readonly stream: Stream;
}

/** The documents of a pipeline that begins with a stage of its own or with a collection. */
function open(request: Request, pipeline: readonly Value[]): Opened {
  const [first, ...rest] = pipeline;
  const [name, argument] = first === undefined ? ['', null] : stageParts(first);
  const source = sourceStages.get(name);
  const wholeDatabase = isNumber(request.body.get('aggregate'));
  if (wholeDatabase && !source?.wholeDatabase)
    throw mongoError('InvalidNamespace', `{aggregate: 1} is not valid for '${name}'; a collection is required.`);
  if (!source) return { name: request.collection, stream: runPipeline(request, request.collection, pipeline) };
  if (source.wholeDatabase && !wholeDatabase)
    throw mongoError(
      'InvalidNamespace',
      `${name} must be run against the database with {aggregate: 1}, not a collection`,
    );
  const run = buildPipeline(rest, createContext(request));
  return {
    name: wholeDatabase ? '$cmd.aggregate' : request.collection,
    stream: run(source.run(request, argument)),
  };
}

export async function aggregate(request: Request): Promise<Reply> {
  const pipeline = request.array('pipeline');
  if (!pipeline) throw mongoError('MissingField', "BSON field 'aggregate.pipeline' is missing but a required field");
  if (request.boolean('explain', false)) return explainPipeline(request, pipeline, 'queryPlanner');
  const cursor = request.document('cursor');
  if (!cursor)
    throw mongoError(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  const counted = await quickCount(request, pipeline);
  if (counted) return counted;
  const last = pipeline.at(-1);
  if (last !== undefined && isOutput(last)) {
    const output = parseOutput(request, last);
    const { name, stream } = open(request, pipeline.slice(0, -1));
    await writeOutput(request, output, stream);
    return cursorReply('firstBatch', [], 0n, `${request.database}.${name}`);
  }
  const { name, stream } = open(request, pipeline);
  const batchSize = cursor.get('batchSize');
  return request.engine.cursors.start(
    encoded(stream)[Symbol.iterator](),
    {
      namespace: `${request.database}.${name}`,
      batchSize: isNumber(batchSize) ? toNumber(batchSize) : undefined,
      single: false,
    },
    request.operation,
  );
}
