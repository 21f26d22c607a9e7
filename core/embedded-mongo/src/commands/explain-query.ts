import { hostname } from 'node:os';
import { int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { count } from '../bson/numbers.ts';
import { PAUSE, nextTurn } from '../pause.ts';
import type { Access, IndexAccess } from '../plan/access.ts';
import type { Collection } from '../store/collection.ts';
import { planOf, runQuery } from './query.ts';
import type { Query, Window } from './query.ts';
import { MONGODB_VERSION } from './replies.ts';
import type { Request } from './request.ts';

function scanStage(access: Access): Doc {
  if (access.kind === 'collection') {
    return new Map<string, Value>([
      ['stage', 'COLLSCAN'],
      ['direction', access.backward ? 'backward' : 'forward'],
    ]);
  }
  const input =
    access.kind === 'index'
      ? mergeStage(access)
      : new Map<string, Value>([
          ['stage', 'OR'],
          ['inputStages', access.branches.map(indexStage)],
        ]);
  return new Map<string, Value>([
    ['stage', 'FETCH'],
    ['inputStage', input],
  ]);
}

/** Ranges that are read side by side. */
function mergeStage(access: IndexAccess): Doc {
  const scan = indexStage(access);
  if (!access.heads) return scan;
  return new Map<string, Value>([
    ['stage', 'SORT_MERGE'],
    ['inputStages', [scan]],
  ]);
}

function indexStage(access: IndexAccess): Doc {
  return new Map<string, Value>([
    ['stage', 'IXSCAN'],
    ['keyPattern', access.spec.key],
    ['indexName', access.spec.name],
    ['isMultiKey', access.multikey],
    ['isUnique', access.spec.unique],
    ['isSparse', access.spec.sparse],
    ['isPartial', access.spec.partial !== undefined],
    ['direction', access.backward ? 'backward' : 'forward'],
    ['ranges', int(access.ranges.length)],
  ]);
}

function winningPlan(access: Access, query: Query): Doc {
  const stage = scanStage(access);
  if (access.ordered) return stage;
  return new Map<string, Value>([
    ['stage', 'SORT'],
    [
      'sortPattern',
      new Map(query.sort.fields.map((field): [string, Value] => [field.path, int(field.descending ? -1 : 1)])),
    ],
    ['inputStage', stage],
  ]);
}

/** What is explained. */
export interface Explained {
  readonly query: Query;
  readonly collection: Collection | undefined;
  readonly namespace: string;
  readonly window: Window;
  readonly verbosity: string;
}

export function serverInfo(): Doc {
  return new Map<string, Value>([
    ['host', hostname()],
    ['version', MONGODB_VERSION],
    ['gitVersion', 'embedded'],
  ]);
}

/** The plan of a query, and unless only that is asked for, what it looked at. */
export async function explainQuery(request: Request, explained: Explained): Promise<Doc> {
  const { query, collection } = explained;
  const planner: Doc = new Map<string, Value>([
    ['namespace', explained.namespace],
    ['parsedQuery', query.filter],
    ['winningPlan', collection ? winningPlan(planOf(collection, query), query) : new Map([['stage', 'EOF']])],
    ['rejectedPlans', []],
  ]);
  const result: Doc = new Map<string, Value>([['queryPlanner', planner]]);
  if (explained.verbosity === 'queryPlanner') return result;
  const counts = { keys: 0, documents: 0 };
  const began = performance.now();
  let returned = 0;
  for (const hit of collection ? runQuery(collection, query, explained.window, counts) : []) {
    if (hit === PAUSE) {
      request.operation.check();
      await nextTurn();
    } else returned++;
  }
  return result.set(
    'executionStats',
    new Map<string, Value>([
      ['executionSuccess', true],
      ['nReturned', count(returned)],
      ['executionTimeMillis', int(performance.now() - began)],
      ['totalKeysExamined', count(counts.keys)],
      ['totalDocsExamined', count(counts.documents)],
    ]),
  );
}
