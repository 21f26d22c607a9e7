import { MongoError, mongoError } from '../../errors.ts';
import { isNumber } from '../../bson/exact.ts';
import { keyOf } from '../../bson/keys.ts';
import { splitPath } from '../../bson/path.ts';
import { toInteger } from '../../bson/numbers.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { matches } from '../../match/matches.ts';
import { parseFilter } from '../../match/parse.ts';
import { PAUSE } from '../../pause.ts';
import { MemoryBudget } from '../memory.ts';
import { addFields } from '../add-fields.ts';
import { compileExpression, readPath } from '../expressions/compile.ts';
import type { StageBuilder, StageContext } from '../stage.ts';

const known = [
  'from',
  'startWith',
  'connectFromField',
  'connectToField',
  'as',
  'maxDepth',
  'depthField',
  'restrictSearchWithMatch',
];

interface Graph {
  readonly from: string;
  readonly connectFrom: readonly string[];
  readonly connectTo: string;
  readonly maxDepth: number;
  readonly depthField: string | undefined;
  readonly allowed: (document: Doc) => boolean;
}

function text(given: Doc, name: string): string {
  const value = given.get(name);
  if (typeof value !== 'string' || value === '') throw new MongoError(40103, `expected string as argument for ${name}`);
  return value;
}

function parse(argument: Value, context: StageContext): Graph {
  if (!(argument instanceof Map))
    throw mongoError('FailedToParse', 'the $graphLookup stage specification must be an object');
  for (const name of argument.keys())
    if (!known.includes(name)) throw new MongoError(40104, `Unknown argument to $graphLookup: ${name}`);
  if (!argument.has('startWith'))
    throw new MongoError(
      40105,
      "$graphLookup requires 'from', 'as', 'startWith', 'connectFromField', and 'connectToField' to be specified.",
    );
  const depth = argument.get('maxDepth');
  const maxDepth = depth === undefined ? Infinity : isNumber(depth) ? toInteger(depth) : undefined;
  if (maxDepth === undefined) throw new MongoError(40100, 'maxDepth requires a numeric argument');
  if (maxDepth < 0) throw new MongoError(40101, 'maxDepth requires a nonnegative argument');
  const restrict = argument.get('restrictSearchWithMatch');
  if (restrict !== undefined && !(restrict instanceof Map))
    throw new MongoError(40185, 'restrictSearchWithMatch must be an object');
  const node = restrict && parseFilter(restrict, context.options);
  return {
    from: text(argument, 'from'),
    connectFrom: splitPath(text(argument, 'connectFromField')),
    connectTo: text(argument, 'connectToField'),
    maxDepth,
    depthField: argument.has('depthField') ? text(argument, 'depthField') : undefined,
    allowed: (document) => !node || matches(node, document, context.options.text),
  };
}

/** Adds values to a frontier, each once; an array stands for its elements. */
function addValues(frontier: Map<string, Value>, seen: Set<string>, value: Value | undefined): void {
  for (const one of Array.isArray(value) ? value : value === undefined ? [] : [value]) {
    const key = keyOf(one).toString('latin1');
    if (seen.has(key)) continue;
    seen.add(key);
    frontier.set(key, one);
  }
}

/** Follows the links from some values: breadth first, each document once. */
function search(graph: Graph, context: StageContext, start: Value | undefined): Doc[] {
  const found = new Map<string, Doc>();
  const seen = new Set<string>();
  const budget = new MemoryBudget('$graphLookup');
  let frontier = new Map<string, Value>();
  addValues(frontier, seen, start);
  for (let depth = 0; frontier.size > 0 && depth <= graph.maxDepth; depth++) {
    const next = new Map<string, Value>();
    const filter: Doc = new Map([[graph.connectTo, new Map([['$in', [...frontier.values()]]])]]);
    for (const document of context.read(graph.from, filter)) {
      if (document === PAUSE || !graph.allowed(document)) continue;
      budget.add(document);
      const id = keyOf(document.get('_id') ?? null).toString('latin1');
      if (found.has(id)) continue;
      found.set(
        id,
        graph.depthField === undefined ? document : new Map([...document, [graph.depthField, BigInt(depth)]]),
      );
      addValues(next, seen, readPath(document, graph.connectFrom));
    }
    frontier = next;
  }
  return [...found.values()];
}

export const graphLookup: StageBuilder = (argument, context) => {
  const graph = parse(argument, context);
  const given = argument instanceof Map ? argument : new Map<string, Value>();
  const as = text(given, 'as');
  const startWith = compileExpression(given.get('startWith') ?? null);
  const variables = context.options.variables ?? new Map<string, Value>();
  return function* (input) {
    for (const document of input) {
      if (document === PAUSE) {
        yield PAUSE;
        continue;
      }
      const found = search(graph, context, startWith({ root: document, current: document, variables }));
      yield addFields(
        new Map<string, Value>([[as, new Map<string, Value>([['$literal', found]])]]),
        variables,
      )(document);
    }
  };
};
