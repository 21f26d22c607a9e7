import { buildPipeline, stageParts } from '../aggregate/run.ts';
import { registerStages } from '../aggregate/stages/table.ts';
import type { Stage, StageContext, Stream } from '../aggregate/stage.ts';
import { isNumber } from '../bson/exact.ts';
import { toInteger } from '../bson/numbers.ts';
import type { Doc, Value } from '../bson/values.ts';
import { parseCollation } from '../match/collation.ts';
import { matches } from '../match/matches.ts';
import { PAUSE } from '../pause.ts';
import type { Collection } from '../store/collection.ts';
import { parseQuery, runQuery } from './query.ts';
import type { Hit, Query, Window } from './query.ts';
import type { Request } from './request.ts';
import { letVariables } from './variables.ts';
import { resolveSource } from './views.ts';

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

export function* documentsOf(hits: Iterable<Hit | typeof PAUSE>): Generator<Doc | typeof PAUSE> {
  for (const hit of hits) yield hit === PAUSE ? PAUSE : hit.document;
}

function* filtered(stream: Stream, test: (document: Doc) => boolean): Generator<Doc | typeof PAUSE> {
  for (const document of stream) if (document === PAUSE || test(document)) yield document;
}

/** What the stages of a command may reach: its variables, its collation, the other collections. */
export function createContext(request: Request, fallback?: Doc): StageContext {
  const { catalog } = request.engine.store;
  const collation = request.document('collation') ?? fallback;
  const context: StageContext = {
    options: { text: parseCollation(collation), variables: letVariables(request.document('let')) },
    read: (name, filter) => {
      const { collection, stages } = resolveSource(catalog, request.database, name);
      if (!collection) return [];
      const query = parseQuery({ filter, collation });
      if (stages.length === 0) return documentsOf(runQuery(collection, query, { skip: 0, limit: 0 }));
      const all = runQuery(collection, parseQuery({ filter: new Map(), collation }), { skip: 0, limit: 0 });
      return filtered(buildPipeline(stages, context)(documentsOf(all)), (one) => matches(query.node, one, query.text));
    },
  };
  return context;
}

/** A pipeline over one collection, checked. */
export interface PipelinePlan {
  readonly query: Query;
  readonly window: Window;
  /** The stages that the planner does not answer. */
  readonly stages: readonly Value[];
  readonly rest: Stage;
}

/** @throws MongoError for a stage that is not right */
export function planPipeline(
  request: Request,
  pipeline: readonly Value[],
  collection: Collection | undefined,
): PipelinePlan {
  const context = createContext(request, collection?.collation);
  const lead = leadOf(pipeline);
  // The whole pipeline is checked, so that the leading stages give the same errors as others.
  buildPipeline(pipeline, context);
  const stages = pipeline.slice(lead.stages);
  return {
    query: parseQuery({
      filter: lead.filter,
      sort: lead.sort,
      hint: request.body.get('hint'),
      collation: request.document('collation'),
      fallback: collection?.collation,
      variables: context.options.variables,
    }),
    window: lead.window,
    stages,
    rest: buildPipeline(stages, context),
  };
}

/** The documents that a pipeline gives over a collection or a view. */
export function runPipeline(request: Request, name: string, pipeline: readonly Value[]): Stream {
  const source = resolveSource(request.engine.store.catalog, request.database, name);
  const plan = planPipeline(request, [...source.stages, ...pipeline], source.collection);
  return plan.rest(source.collection ? documentsOf(runQuery(source.collection, plan.query, plan.window)) : []);
}
