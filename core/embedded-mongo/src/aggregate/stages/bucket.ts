import { MongoError } from '../../errors.ts';
import { compare, rankOf } from '../../bson/compare.ts';
import { isNumber } from '../../bson/exact.ts';
import { toInteger } from '../../bson/numbers.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { PAUSE } from '../../pause.ts';
import { parseAccumulator } from '../accumulators.ts';
import type { AccumulatorSpec } from '../accumulators.ts';
import { MemoryBudget } from '../memory.ts';
import { compileExpression } from '../expressions/compile.ts';
import type { Scope } from '../expressions/scope.ts';
import type { StageBuilder, StageContext } from '../stage.ts';

const countOne: Doc = new Map<string, Value>([['count', new Map<string, Value>([['$sum', 1n]])]]);

function outputOf(value: Value | undefined, code: number): AccumulatorSpec[] {
  const output = value ?? new Map([['count', new Map<string, Value>([['$count', new Map<string, Value>()]])]]);
  if (!(output instanceof Map)) throw new MongoError(code, "the 'output' field must be an object");
  return [...output].map(([name, one]) => parseAccumulator(name, one));
}

function checkNames(name: string, given: Doc, known: readonly string[], code: number): void {
  for (const field of given.keys())
    if (!known.includes(field)) throw new MongoError(code, `Unrecognized option to ${name}: ${field}.`);
}

const constant = (value: Value): Value =>
  compileExpression(value)({ root: countOne, current: countOne, variables: new Map() }) ?? null;

function boundariesOf(value: Value | undefined): Value[] {
  if (!Array.isArray(value)) throw new MongoError(40200, "The $bucket 'boundaries' field must be an array");
  const list = value.map(constant);
  if (list.length < 2)
    throw new MongoError(
      40192,
      `The $bucket 'boundaries' field must have at least 2 values, but found ${list.length} value(s).`,
    );
  for (const [at, one] of list.entries()) {
    const before = list[at - 1];
    if (before === undefined) continue;
    if (rankOf(before) !== rankOf(one))
      throw new MongoError(40193, "All values in the 'boundaries' option to $bucket must have the same type.");
    if (compare(before, one) >= 0)
      throw new MongoError(40194, "The 'boundaries' option to $bucket must be sorted, but elements are out of order");
  }
  return list;
}

class Bucket {
  readonly #accumulators;
  readonly #specs: readonly AccumulatorSpec[];

  constructor(specs: readonly AccumulatorSpec[], budget: MemoryBudget) {
    this.#specs = specs;
    this.#accumulators = specs.map((spec) => spec.create(budget));
  }

  add(scope: Scope): void {
    for (const [at, spec] of this.#specs.entries()) this.#accumulators[at]?.add(spec.expression(scope));
  }

  result(id: Value): Doc {
    return new Map<string, Value>([
      ['_id', id],
      ...this.#specs.map((spec, at): [string, Value] => [spec.name, this.#accumulators[at]?.result() ?? null]),
    ]);
  }
}

const scopeOf = (document: Doc, { options }: StageContext): Scope => ({
  root: document,
  current: document,
  variables: options.variables ?? new Map<string, Value>(),
});

export const bucket: StageBuilder = (argument, context) => {
  if (!(argument instanceof Map)) throw new MongoError(40201, 'Argument to $bucket stage must be an object');
  checkNames('$bucket', argument, ['groupBy', 'boundaries', 'default', 'output'], 40197);
  const by = argument.get('groupBy');
  if (by === undefined || !argument.has('boundaries'))
    throw new MongoError(40198, "$bucket requires 'groupBy' and 'boundaries' to be specified.");
  if (!(by instanceof Map) && !(typeof by === 'string' && by.startsWith('$')))
    throw new MongoError(40202, "The $bucket 'groupBy' field must be defined as a $-prefixed path or an expression");
  const boundaries = boundariesOf(argument.get('boundaries'));
  const otherwise = argument.get('default');
  const fallback = otherwise === undefined ? undefined : constant(otherwise);
  const [low, high] = [boundaries[0] ?? null, boundaries.at(-1) ?? null];
  if (fallback !== undefined && compare(fallback, low) >= 0 && compare(fallback, high) < 0)
    throw new MongoError(
      40199,
      "The $bucket 'default' field must be less than the lowest boundary or greater than or equal to the highest boundary.",
    );
  const groupBy = compileExpression(by);
  const specs = outputOf(argument.get('output'), 40196);
  return function* (input) {
    const budget = new MemoryBudget('$bucket');
    const buckets = new Map<Value, Bucket>();
    for (const document of input) {
      if (document === PAUSE) {
        yield PAUSE;
        continue;
      }
      const scope = scopeOf(document, context);
      const value = groupBy(scope) ?? null;
      const at = boundaries.findLastIndex((one) => compare(value, one) >= 0);
      const within = at !== -1 && at < boundaries.length - 1 ? boundaries[at] : fallback;
      if (within === undefined)
        throw new MongoError(
          40066,
          '$switch could not find a matching branch for an input, and no default was specified.',
        );
      let found = buckets.get(within);
      if (!found) {
        found = new Bucket(specs, budget);
        buckets.set(within, found);
      }
      found.add(scope);
    }
    const ids = [...buckets.keys()].sort((left, right) => compare(left, right));
    for (const id of ids) yield buckets.get(id)?.result(id) ?? new Map<string, Value>();
  };
};

interface Valued {
  readonly value: Value;
  readonly scope: Scope;
}

/** Cuts sorted values into so many parts of about one size; equal values stay together. */
function cut(sorted: readonly Valued[], parts: number): Valued[][] {
  const result: Valued[][] = [];
  let at = 0;
  for (let part = 0; part < parts && at < sorted.length; part++) {
    const size = Math.max(1, Math.round((sorted.length - at) / (parts - part)));
    let end = part === parts - 1 ? sorted.length : Math.min(sorted.length, at + size);
    while (end < sorted.length && compare(sorted[end]?.value ?? null, sorted[end - 1]?.value ?? null) === 0) end++;
    result.push(sorted.slice(at, end));
    at = end;
  }
  return result;
}

export const bucketAuto: StageBuilder = (argument, context) => {
  if (!(argument instanceof Map)) throw new MongoError(40240, 'The argument to $bucketAuto must be an object');
  if (argument.has('granularity')) throw new MongoError(40245, 'a granularity is not supported');
  checkNames('$bucketAuto', argument, ['groupBy', 'buckets', 'output'], 40245);
  const by = argument.get('groupBy');
  const buckets = argument.get('buckets');
  if (by === undefined || buckets === undefined)
    throw new MongoError(40246, "$bucketAuto requires 'groupBy' and 'buckets' to be specified.");
  if (!(by instanceof Map) && !(typeof by === 'string' && by.startsWith('$')))
    throw new MongoError(
      40239,
      "The $bucketAuto 'groupBy' field must be defined as a $-prefixed path or an expression",
    );
  if (!isNumber(buckets)) throw new MongoError(40241, "The $bucketAuto 'buckets' field must be a numeric value");
  const parts = toInteger(buckets);
  if (parts === undefined)
    throw new MongoError(40242, "The $bucketAuto 'buckets' field must be representable as a 32-bit integer");
  if (parts <= 0) throw new MongoError(40243, "The $bucketAuto 'buckets' field must be greater than 0");
  const groupBy = compileExpression(by);
  const specs = outputOf(argument.get('output'), 40244);
  return function* (input) {
    const budget = new MemoryBudget('$bucketAuto');
    const values: Valued[] = [];
    for (const document of input) {
      if (document === PAUSE) {
        yield PAUSE;
        continue;
      }
      const scope = scopeOf(document, context);
      budget.add(document);
      values.push({ value: groupBy(scope) ?? null, scope });
    }
    values.sort((left, right) => compare(left.value, right.value));
    const groups = cut(values, parts);
    for (const [at, group] of groups.entries()) {
      const one = new Bucket(specs, budget);
      for (const { scope } of group) one.add(scope);
      const id: Doc = new Map([
        ['min', group[0]?.value ?? null],
        ['max', groups[at + 1]?.[0]?.value ?? group.at(-1)?.value ?? null],
      ]);
      yield one.result(id);
    }
  };
};
