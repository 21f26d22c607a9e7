import { MongoError } from '../../errors.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { PAUSE } from '../../pause.ts';
import { MemoryBudget } from '../memory.ts';
import { buildPipeline } from '../run.ts';
import type { StageBuilder } from '../stage.ts';

export const facet: StageBuilder = (argument, context) => {
  if (!(argument instanceof Map) || argument.size === 0)
    throw new MongoError(40169, 'the $facet specification must be a non-empty object');
  const facets = [...argument].map(([name, pipeline]) => {
    if (!Array.isArray(pipeline)) throw new MongoError(40170, `arguments to $facet must be arrays, ${name} is not`);
    return { name, run: buildPipeline(pipeline, context) };
  });
  return function* (input) {
    const budget = new MemoryBudget('$facet');
    const documents: Doc[] = [];
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else {
        budget.add(document);
        documents.push(document);
      }
    }
    const result: Doc = new Map();
    for (const { name, run } of facets) {
      const list: Value[] = [];
      for (const document of run(documents)) {
        if (document === PAUSE) yield PAUSE;
        else list.push(document);
      }
      result.set(name, list);
    }
    yield result;
  };
};

export const unionWith: StageBuilder = (argument, context) => {
  const given = argument instanceof Map ? argument : new Map<string, Value>([['coll', argument]]);
  const collection = given.get('coll');
  if (typeof collection !== 'string')
    throw new MongoError(40414, "BSON field '$unionWith.coll' is missing but a required field");
  const pipeline = given.get('pipeline');
  const run = buildPipeline(Array.isArray(pipeline) ? pipeline : [], context);
  return function* (input) {
    yield* input;
    yield* run(context.read(collection, new Map<string, Value>()));
  };
};
