import { buildPipeline, stageParts } from '../aggregate/run.ts';
import { registerStages } from '../aggregate/stages/table.ts';
import type { Stage, StageContext, Stream } from '../aggregate/stage.ts';
import { encode } from '../bson/encode.ts';
import { isNumber } from '../bson/exact.ts';
import { count, toInteger, toNumber } from '../bson/numbers.ts';
import { Int32 } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import { parseCollation } from '../match/collation.ts';
import { PAUSE, nextTurn } from '../pause.ts';
import type { Collection } from '../store/collection.ts';
import { countByIndex } from '../plan/covered-count.ts';
import { cursorReply } from './cursor-reply.ts';
import { parseQuery, runQuery } from './query.ts';
import type { Hit, Query, Window } from './query.ts';
import type { Request } from './request.ts';

registerStages();

/** The part of a pipeline that the planner answers, and how many stages that is. */
interface Lead {
  readonly filter: Doc;
  readonly sort: Doc | undefined;
  readonly window: Window;
  readonly stages: number;
}

function positive(value: Value): number | undefined {
  const number = isNumber(value) ? toInteger(value) : undefined;
  return number !== undefined && number > 0 ? number : undefined;
}

/** Leading `$match`, `$sort`, `$skip`, `$limit`, in this order, go to the planner. */
function leadOf(pipeline: readonly Value[]): Lead {
  let filter: Doc = new Map();
  let sort: Doc | undefined;
  let skip = 0;
  let limit = 0;
  let at = 0;
  const wanted = ['$match', '$sort', '$skip', '$limit'];
  for (let from = 0; at < pipeline.length; at++) {
    const [name, argument] = stageParts(pipeline[at] ?? null);
    const place = wanted.indexOf(name, from);
    if (place === -1) break;
    if (name === '$match' && argument instanceof Map) filter = argument;
    else if (name === '$sort' && argument instanceof Map && argument.size > 0) sort = argument;
    else if (name === '$skip' && positive(argument)) skip = positive(argument) ?? 0;
    else if (name === '$limit' && positive(argument)) limit = positive(argument) ?? 0;
    else break;
    from = place + 1;
  }
  return { filter, sort, window: { skip, limit }, stages: at };
}

function* documentsOf(hits: Iterable<Hit | typeof PAUSE>): Generator<Doc | typeof PAUSE> {
  for (const hit of hits) yield hit === PAUSE ? PAUSE : hit.document;
}

function* encoded(stream: Stream): Generator<Buffer | typeof PAUSE> {
  for (const document of stream) yield document === PAUSE ? PAUSE : encode(document);
}

interface Plan {
  readonly query: Query;
  readonly window: Window;
  readonly rest: Stage;
}

function createContext(request: Request): StageContext {
  const { catalog } = request.engine.store;
  return {
    options: { text: parseCollation(request.document('collation')), variables: request.document('let') },
    read: (name, filter) => {
      const collection = catalog.find(request.database, name);
      if (!collection) return [];
      return documentsOf(
        runQuery(collection, parseQuery({ filter, collation: request.document('collation') }), { skip: 0, limit: 0 }),
      );
    },
  };
}

function plan(request: Request, pipeline: readonly Value[]): Plan {
  const context = createContext(request);
  const lead = leadOf(pipeline);
  // The whole pipeline is checked, so that the leading stages give the same errors as others.
  buildPipeline(pipeline, context);
  return {
    query: parseQuery({
      filter: lead.filter,
      sort: lead.sort,
      hint: request.body.get('hint'),
      collation: request.document('collation'),
      variables: request.document('let'),
    }),
    window: lead.window,
    rest: buildPipeline(pipeline.slice(lead.stages), context),
  };
}

const isOne = (value: Value | undefined): boolean => value instanceof Int32 && value.value === 1;

/** Whether a pipeline is what a driver's countDocuments sends. */
function isCount(pipeline: readonly Value[]): boolean {
  const [match, group] = pipeline;
  if (pipeline.length !== 2 || !(match instanceof Map) || !match.has('$match') || !(group instanceof Map)) return false;
  const spec = group.get('$group');
  const counter = spec instanceof Map ? spec.get('n') : undefined;
  if (!(spec instanceof Map) || spec.size !== 2 || !isOne(spec.get('_id')) || !(counter instanceof Map)) return false;
  return counter.size === 1 && isOne(counter.get('$sum'));
}

async function countOf(collection: Collection, query: Query): Promise<number> {
  if (!query.text && query.hint === undefined) {
    if (query.filter.size === 0) return collection.count();
    const counted = countByIndex(collection, query.node);
    if (counted !== undefined) return counted;
  }
  let found = 0;
  for (const hit of runQuery(collection, query, { skip: 0, limit: 0 })) {
    if (hit === PAUSE) await nextTurn();
    else found++;
  }
  return found;
}

/** The answer to countDocuments: no document when nothing was found. */
function countDocuments(found: number): Buffer[] {
  return found === 0
    ? []
    : [
        encode(
          new Map<string, Value>([
            ['_id', new Int32(1)],
            ['n', count(found)],
          ]),
        ),
      ];
}

export async function aggregate(request: Request): Promise<Buffer> {
  const pipeline = request.array('pipeline');
  if (!pipeline) throw mongoError('MissingField', "BSON field 'aggregate.pipeline' is missing but a required field");
  if (request.body.get('explain') === true) throw mongoError('FailedToParse', 'use the explain command');
  const cursor = request.document('cursor');
  if (!cursor)
    throw mongoError(
      'FailedToParse',
      "The 'cursor' option is required, except for aggregate with the explain argument",
    );
  const target = request.body.get('aggregate');
  if (isNumber(target))
    throw mongoError('InvalidNamespace', '{aggregate: 1} is not valid for these stages; a collection is needed');
  const name = request.collection;
  const batchSize = cursor.get('batchSize');
  const { query, window, rest } = plan(request, pipeline);
  const collection = request.engine.store.catalog.find(request.database, name);
  if (collection && isCount(pipeline)) {
    const counted = await countOf(collection, query);
    return cursorReply('firstBatch', countDocuments(counted), 0n, `${request.database}.${name}`);
  }
  const source: Stream = collection ? documentsOf(runQuery(collection, query, window)) : [];
  return request.engine.cursors.start(
    encoded(rest(source))[Symbol.iterator](),
    {
      namespace: `${request.database}.${name}`,
      batchSize: isNumber(batchSize) ? toNumber(batchSize) : undefined,
      single: false,
    },
    request.operation,
  );
}
