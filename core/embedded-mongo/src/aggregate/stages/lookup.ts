import { mongoError } from '../../errors.ts';
import { splitPath, visitPath } from '../../bson/path.ts';
import { Regex } from '../../bson/values.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { PAUSE } from '../../pause.ts';
import { compileExpression } from '../expressions/compile.ts';
import { MemoryBudget } from '../memory.ts';
import { buildPipeline } from '../run.ts';
import type { StageBuilder, StageContext, Stream } from '../stage.ts';
import { addFields } from '../add-fields.ts';

const known = ['from', 'localField', 'foreignField', 'as', 'let', 'pipeline'];

function text(given: Doc, name: string): string {
  const value = given.get(name);
  if (typeof value !== 'string' || value === '')
    throw mongoError('FailedToParse', `$lookup argument '${name}' must be a string`);
  return value;
}

/** The filter on the foreign collection for one local document. */
function joinFilter(document: Doc, local: string, foreign: string): Doc {
  const values: Value[] = [];
  visitPath(document, splitPath(local), (value) => {
    if (Array.isArray(value)) values.push(...value);
    else values.push(value ?? null);
    return false;
  });
  if (values.length === 0) values.push(null);
  // $eq keeps a regular expression a value.
  const plain = values.filter((value) => !(value instanceof Regex));
  const condition: Doc = plain.length === 1 ? new Map([['$eq', plain[0] ?? null]]) : new Map([['$in', plain]]);
  return new Map([[foreign, condition]]);
}

function collect(stream: Stream): { documents: Doc[] } {
  const documents: Doc[] = [];
  const budget = new MemoryBudget('$lookup');
  for (const document of stream) {
    if (document === PAUSE) continue;
    budget.add(document);
    documents.push(document);
  }
  return { documents };
}

export const lookup: StageBuilder = (argument, context) => {
  if (!(argument instanceof Map)) throw mongoError('FailedToParse', 'the $lookup specification must be an Object');
  for (const name of argument.keys())
    if (!known.includes(name)) throw mongoError('FailedToParse', `unknown argument to $lookup: ${name}`);
  const from = text(argument, 'from');
  const as = text(argument, 'as');
  const joined = argument.has('localField') || argument.has('foreignField');
  const local = joined ? text(argument, 'localField') : '';
  const foreign = joined ? text(argument, 'foreignField') : '';
  const pipeline = argument.get('pipeline');
  if (!joined && !Array.isArray(pipeline))
    throw mongoError('FailedToParse', '$lookup requires either localField and foreignField, or a pipeline');
  const variables = argument.get('let');
  const lets =
    variables instanceof Map ? [...variables].map(([name, value]) => ({ name, value: compileExpression(value) })) : [];
  if (Array.isArray(pipeline)) buildPipeline(pipeline, context);
  return function* (input) {
    for (const document of input) {
      if (document === PAUSE) {
        yield PAUSE;
        continue;
      }
      let found: Stream = context.read(from, joined ? joinFilter(document, local, foreign) : new Map<string, Value>());
      if (Array.isArray(pipeline)) {
        const scope = {
          root: document,
          current: document,
          variables: context.options.variables ?? new Map<string, Value>(),
        };
        const inner = new Map([
          ...scope.variables,
          ...lets.map((one): [string, Value] => [one.name, one.value(scope) ?? null]),
        ]);
        const nested: StageContext = { ...context, options: { ...context.options, variables: inner } };
        found = buildPipeline(pipeline, nested)(found);
      }
      const { documents } = collect(found);
      yield addFields(
        new Map<string, Value>([[as, new Map<string, Value>([['$literal', documents]])]]),
        new Map(),
      )(document);
    }
  };
};
