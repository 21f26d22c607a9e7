import { int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { count } from '../bson/numbers.ts';
import { mongoError } from '../errors.ts';
import { PAUSE, nextTurn } from '../pause.ts';
import type { Access } from '../plan/choose.ts';
import { findLimit, findQuery } from './find.ts';
import { parseQuery, planOf, runQuery } from './query.ts';
import type { Query } from './query.ts';
import { Request } from './request.ts';

function scanStage(access: Access): Doc {
  if (access.kind === 'collection') {
    return new Map<string, Value>([
      ['stage', 'COLLSCAN'],
      ['direction', access.backward ? 'backward' : 'forward'],
    ]);
  }
  const scan: Doc = new Map<string, Value>([
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
  return new Map<string, Value>([
    ['stage', 'FETCH'],
    ['inputStage', scan],
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

const verbosities: readonly Value[] = ['queryPlanner', 'executionStats', 'allPlansExecution'];

interface Explained {
  readonly query: Query;
  readonly skip: number;
  readonly limit: number;
}

function parse(inner: Request): Explained {
  switch (inner.name) {
    case 'find':
      return { query: findQuery(inner).query, skip: inner.integer('skip') ?? 0, limit: findLimit(inner).limit };
    case 'count':
    case 'distinct':
    case 'findAndModify':
      return {
        query: parseQuery({
          filter: inner.document('query') ?? new Map<string, Value>(),
          sort: inner.document('sort'),
          hint: inner.body.get('hint'),
        }),
        skip: 0,
        limit: 0,
      };
    case 'update':
    case 'delete': {
      const [first] = inner.documents(inner.name === 'update' ? 'updates' : 'deletes');
      const filter = first?.get('q');
      return {
        query: parseQuery({
          filter: filter instanceof Map ? filter : new Map<string, Value>(),
          hint: first?.get('hint'),
        }),
        skip: 0,
        limit: 0,
      };
    }
    case 'aggregate': {
      const [first] = inner.documents('pipeline');
      const filter = first?.get('$match');
      return {
        query: parseQuery({ filter: filter instanceof Map ? filter : new Map<string, Value>() }),
        skip: 0,
        limit: 0,
      };
    }
    default:
      throw mongoError('CommandNotFound', `Explain failed due to unknown command: ${inner.name}`);
  }
}

function checkVerbosity(value: Value | undefined): void {
  if (value === undefined || verbosities.includes(value)) return;
  throw mongoError(
    'BadValue',
    `Enumeration value '${typeof value === 'string' ? value : ''}' for field 'explain.verbosity' is not a valid value.`,
  );
}

/** Shows the plan of a read, and what it looked at. */
export async function explain(request: Request): Promise<Doc> {
  const body = request.document('explain');
  const [name] = body?.keys() ?? [];
  if (!body || name === undefined) throw mongoError('TypeMismatch', 'explain needs a command');
  checkVerbosity(request.body.get('verbosity'));
  const inner = new Request(request.engine, name, body, request.database, new Map(), request.client);
  const { query, skip, limit } = parse(inner);
  const namespace = `${request.database}.${inner.collection}`;
  const collection = request.engine.store.catalog.find(request.database, inner.collection);
  const planner: Doc = new Map<string, Value>([
    ['namespace', namespace],
    ['parsedQuery', query.filter],
    ['winningPlan', collection ? winningPlan(planOf(collection, query), query) : new Map([['stage', 'EOF']])],
    ['rejectedPlans', []],
  ]);
  const reply: Doc = new Map<string, Value>([
    ['explainVersion', '1'],
    ['queryPlanner', planner],
  ]);
  if (request.body.get('verbosity') !== 'queryPlanner') {
    const counts = { keys: 0, documents: 0 };
    let returned = 0;
    for (const hit of collection ? runQuery(collection, query, { skip, limit }, counts) : []) {
      if (hit === PAUSE) {
        request.operation.check();
        await nextTurn();
      } else returned++;
    }
    reply.set(
      'executionStats',
      new Map<string, Value>([
        ['executionSuccess', true],
        ['nReturned', count(returned)],
        ['executionTimeMillis', int(0)],
        ['totalKeysExamined', count(counts.keys)],
        ['totalDocsExamined', count(counts.documents)],
      ]),
    );
  }
  return reply.set('ok', 1);
}
