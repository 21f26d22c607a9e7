import { MongoError } from '../../errors.ts';
import { keyOf } from '../../bson/keys.ts';
import { count } from '../../bson/numbers.ts';
import { undefinedValue } from '../../bson/values.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { PAUSE } from '../../pause.ts';
import { parseAccumulator } from '../accumulators.ts';
import type { Accumulator } from '../accumulators.ts';
import { MemoryBudget } from '../memory.ts';
import { compileExpression } from '../expressions/compile.ts';
import type { StageBuilder } from '../stage.ts';

interface Group {
  readonly id: Value;
  readonly accumulators: readonly Accumulator[];
}

export const group: StageBuilder = (argument, { options }) => {
  if (!(argument instanceof Map)) throw new MongoError(15947, "a group's fields must be specified in an object");
  const idValue = argument.get('_id');
  if (idValue === undefined) throw new MongoError(15955, 'a group specification must include an _id');
  const id = compileExpression(idValue);
  const specs = [...argument].filter(([name]) => name !== '_id').map(([name, value]) => parseAccumulator(name, value));
  const variables = options.variables ?? new Map<string, Value>();
  return function* (input) {
    const budget = new MemoryBudget('$group');
    const groups = new Map<string, Group>();
    for (const document of input) {
      if (document === PAUSE) {
        yield PAUSE;
        continue;
      }
      const scope = { root: document, current: document, variables };
      const value = id(scope) ?? null;
      const key =
        typeof value === 'string' ? `s${value}` : keyOf(value === undefinedValue ? null : value).toString('latin1');
      let found = groups.get(key);
      if (!found) {
        found = { id: value, accumulators: specs.map((spec) => spec.create(budget)) };
        budget.add(value);
        groups.set(key, found);
      }
      for (const [at, spec] of specs.entries()) found.accumulators[at]?.add(spec.expression(scope));
    }
    for (const one of groups.values()) {
      const result: Doc = new Map<string, Value>([['_id', one.id]]);
      for (const [at, spec] of specs.entries()) result.set(spec.name, one.accumulators[at]?.result() ?? null);
      yield result;
    }
  };
};

/** $sortByCount is $group with a count, sorted. */
export const sortByCount: StageBuilder = (argument, context) => {
  const counted = group(
    new Map<string, Value>([
      ['_id', argument],
      ['count', new Map<string, Value>([['$sum', 1n]])],
    ]),
    context,
  );
  return function* (input) {
    const documents: Doc[] = [];
    for (const document of counted(input)) {
      if (document === PAUSE) yield PAUSE;
      else documents.push(document);
    }
    documents.sort((left, right) => Number((right.get('count') as bigint) - (left.get('count') as bigint)));
    for (const document of documents) {
      const total = Number(document.get('count'));
      yield new Map<string, Value>([
        ['_id', document.get('_id') ?? null],
        ['count', count(total)],
      ]);
    }
  };
};
