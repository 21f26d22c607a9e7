import { encode } from '../bson/encode.ts';
import { isNumber } from '../bson/exact.ts';
import { count as countValue, toNumber } from '../bson/numbers.ts';
import type { Doc, Value } from '../bson/values.ts';
import { PAUSE, nextTurn } from '../pause.ts';
import { parseProjection } from '../aggregate/projection.ts';
import { runPipeline } from './pipeline.ts';
import { ok } from './replies.ts';
import type { Request } from './request.ts';

const stage = (name: string, value: Value): Doc => new Map([[name, value]]);

function encoded(stream: Iterable<Doc | typeof PAUSE>): Iterator<Buffer | typeof PAUSE> {
  return (function* () {
    for (const document of stream) yield document === PAUSE ? PAUSE : encode(document);
  })();
}

/** A find on a view: the view's stages, then those that the find asks for. */
export function findView(request: Request): Promise<Buffer> {
  const pipeline: Value[] = [stage('$match', request.document('filter') ?? new Map<string, Value>())];
  const sort = request.document('sort');
  if (sort && sort.size > 0) pipeline.push(stage('$sort', sort));
  const skip = request.integer('skip') ?? 0;
  if (skip > 0) pipeline.push(stage('$skip', skip));
  const limit = request.body.get('limit');
  const most = isNumber(limit) ? Math.abs(toNumber(limit)) : 0;
  if (most > 0) pipeline.push(stage('$limit', most));
  const projection = request.document('projection');
  if (projection && projection.size > 0) {
    parseProjection(projection);
    pipeline.push(stage('$project', projection));
  }
  const name = request.collection;
  return request.engine.cursors.start(
    encoded(runPipeline(request, name, pipeline)),
    {
      namespace: `${request.database}.${name}`,
      batchSize: request.integer('batchSize'),
      single: request.boolean('singleBatch', false) || (isNumber(limit) && toNumber(limit) < 0),
    },
    request.operation,
  );
}

/** The documents of a view that satisfy a filter. */
export async function* documentsOfView(request: Request, filter: Doc): AsyncGenerator<Doc> {
  for (const document of runPipeline(request, request.collection, [stage('$match', filter)])) {
    if (document !== PAUSE) yield document;
    else {
      request.operation.check();
      await nextTurn();
    }
  }
}

export async function countView(request: Request, { skip, limit }: { skip: number; limit: number }): Promise<Doc> {
  let found = 0;
  const documents = documentsOfView(request, request.document('query') ?? new Map<string, Value>());
  for await (const document of documents) if (document.size >= 0) found++;
  const rest = Math.max(0, found - skip);
  return ok([['n', countValue(limit > 0 ? Math.min(limit, rest) : rest)]]);
}
