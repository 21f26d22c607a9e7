import type { Doc, Value } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import type { Collection } from '../store/collection.ts';
import { explainPipeline } from './explain-pipeline.ts';
import { explainQuery, serverInfo } from './explain-query.ts';
import { checkFields } from './fields.ts';
import { findLimit, findQuery } from './find.ts';
import { parseQuery } from './query.ts';
import type { Query, Window } from './query.ts';
import { Request } from './request.ts';
import { refuseView } from './views.ts';

const verbosities: readonly Value[] = ['queryPlanner', 'executionStats', 'allPlansExecution'];
const nothing: Window = { skip: 0, limit: 0 };
const empty = (): Doc => new Map<string, Value>();

interface Parsed {
  readonly query: Query;
  readonly window: Window;
}

function parseStatement(inner: Request, collection: Collection | undefined): Parsed {
  const [first] = inner.documents(inner.name === 'update' ? 'updates' : 'deletes');
  const filter = first?.get('q');
  const query = parseQuery({
    filter: filter instanceof Map ? filter : empty(),
    hint: first?.get('hint'),
    collation: first?.get('collation'),
    fallback: collection?.collation,
  });
  return { query, window: nothing };
}

function parse(inner: Request, collection: Collection | undefined): Parsed {
  switch (inner.name) {
    case 'find':
      return {
        query: findQuery(inner, collection).query,
        window: { skip: inner.integer('skip') ?? 0, limit: findLimit(inner).limit },
      };
    case 'count':
    case 'distinct':
    case 'findAndModify':
    case 'findandmodify': {
      const query = parseQuery({
        filter: inner.document('query') ?? empty(),
        sort: inner.document('sort'),
        hint: inner.body.get('hint'),
        collation: inner.body.get('collation'),
        fallback: collection?.collation,
      });
      return { query, window: nothing };
    }
    case 'update':
    case 'delete':
      return parseStatement(inner, collection);
    default:
      throw mongoError('CommandNotFound', `Explain failed due to unknown command: ${inner.name}`);
  }
}

function verbosityOf(value: Value | undefined): string {
  if (value === undefined) return 'allPlansExecution';
  if (typeof value === 'string' && verbosities.includes(value)) return value;
  throw mongoError(
    'BadValue',
    `Enumeration value '${typeof value === 'string' ? value : ''}' for field 'explain.verbosity' is not a valid value.`,
  );
}

/** Shows the plan of a command, and what it would look at; it changes nothing. */
export async function explain(request: Request): Promise<Doc> {
  const body = request.document('explain');
  const [name] = body?.keys() ?? [];
  if (!body || name === undefined) throw mongoError('TypeMismatch', 'explain needs a command');
  const verbosity = verbosityOf(request.body.get('verbosity'));
  checkFields(name, body);
  if (body.has('writeConcern')) throw mongoError('InvalidOptions', 'Command explain does not support writeConcern');
  const inner = new Request(request.engine, name, body, request.database, new Map(), request.client);
  if (name === 'aggregate') return explainPipeline(inner, inner.array('pipeline') ?? [], verbosity);
  const collection = request.engine.store.catalog.find(request.database, inner.collection);
  refuseView(collection);
  const namespace = `${request.database}.${inner.collection}`;
  const explained = await explainQuery(request, { ...parse(inner, collection), collection, namespace, verbosity });
  return new Map<string, Value>([
    ['explainVersion', '1'],
    ...explained,
    ['command', body],
    ['serverInfo', serverInfo()],
    ['ok', 1],
  ]);
}
