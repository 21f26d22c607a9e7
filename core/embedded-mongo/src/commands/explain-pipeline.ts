import type { Doc, Value } from '../bson/values.ts';
import { explainQuery, serverInfo } from './explain-query.ts';
import { planPipeline } from './pipeline.ts';
import type { Request } from './request.ts';
import { resolveSource } from './views.ts';

/**
 * Explains a pipeline: as a find when the planner answers all of it, else as a `$cursor` and the stages after it.
 */
export async function explainPipeline(request: Request, pipeline: readonly Value[], verbosity: string): Promise<Doc> {
  const source = resolveSource(request.engine.store.catalog, request.database, request.collection);
  const plan = planPipeline(request, [...source.stages, ...pipeline], source.collection);
  const explained = await explainQuery(request, {
    query: plan.query,
    collection: source.collection,
    namespace: `${request.database}.${source.name}`,
    window: plan.window,
    verbosity,
  });
  const head: Doc = new Map<string, Value>([['explainVersion', '1']]);
  const tail: (readonly [string, Value])[] = [
    ['command', request.body],
    ['serverInfo', serverInfo()],
    ['ok', 1],
  ];
  if (plan.stages.length === 0) return new Map([...head, ...explained, ...tail]);
  const stages: Value[] = [new Map<string, Value>([['$cursor', explained]]), ...plan.stages];
  return new Map<string, Value>([...head, ['stages', stages], ...tail]);
}
