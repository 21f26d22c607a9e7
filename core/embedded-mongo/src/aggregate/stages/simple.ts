import { MongoError } from '../../errors.ts';
import { isNumber } from '../../bson/exact.ts';
import { count as countValue, toInteger } from '../../bson/numbers.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { matches } from '../../match/matches.ts';
import { parseFilter } from '../../match/parse.ts';
import { PAUSE } from '../../pause.ts';
import { MemoryBudget } from '../memory.ts';
import { Sorter, parseSort } from '../sort.ts';
import type { StageBuilder } from '../stage.ts';

export const match: StageBuilder = (argument, { options }) => {
  if (!(argument instanceof Map)) throw new MongoError(15959, 'the match filter must be an expression in an object');
  const node = parseFilter(argument, options);
  return function* (input) {
    for (const document of input) if (document === PAUSE || matches(node, document, options.text)) yield document;
  };
};

export const limit: StageBuilder = (argument) => {
  const most = isNumber(argument) ? toInteger(argument) : undefined;
  if (most === undefined || most < 0)
    throw new MongoError(5107201, 'invalid argument to $limit stage: Expected a non-negative number');
  if (most === 0) throw new MongoError(15958, 'the limit must be positive');
  return function* (input) {
    let seen = 0;
    for (const document of input) {
      yield document;
      if (document !== PAUSE && ++seen === most) return;
    }
  };
};

export const skip: StageBuilder = (argument) => {
  const least = isNumber(argument) ? toInteger(argument) : undefined;
  if (least === undefined || least < 0)
    throw new MongoError(5107200, 'invalid argument to $skip stage: Expected a non-negative number');
  return function* (input) {
    let seen = 0;
    for (const document of input) if (document === PAUSE || seen++ >= least) yield document;
  };
};

export const sort: StageBuilder = (argument, { options }) => {
  if (!(argument instanceof Map)) throw new MongoError(15973, 'the $sort key specification must be an object');
  const { fields } = parseSort(argument);
  if (fields.length === 0) throw new MongoError(15976, '$sort stage must have at least one sort key');
  return function* (input) {
    const sorter = new Sorter<Doc>(fields, options.text, Infinity);
    const budget = new MemoryBudget('Sort');
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else {
        budget.add(document);
        sorter.add(document, document);
      }
    }
    yield* sorter.sorted();
  };
};

export const count: StageBuilder = (argument) => {
  if (typeof argument !== 'string' || argument === '')
    throw new MongoError(40156, 'the count field must be a non-empty string');
  if (argument.startsWith('$')) throw new MongoError(40158, 'the count field cannot be a $-prefixed path');
  if (argument.includes('.')) throw new MongoError(40160, "the count field cannot contain '.'");
  return function* (input) {
    let seen = 0;
    for (const document of input) {
      if (document === PAUSE) yield PAUSE;
      else seen++;
    }
    if (seen > 0) yield new Map<string, Value>([[argument, countValue(seen)]]);
  };
};

export const sample: StageBuilder = (argument) => {
  const size = argument instanceof Map ? argument.get('size') : undefined;
  const wanted = isNumber(size) ? toInteger(size) : undefined;
  if (!(argument instanceof Map) || argument.size !== 1)
    throw new MongoError(28745, 'the $sample stage specification must be an object with size');
  if (wanted === undefined || wanted < 0) throw new MongoError(28747, 'size argument to $sample must not be negative');
  return function* (input) {
    const kept: Doc[] = [];
    let seen = 0;
    for (const document of input) {
      if (document === PAUSE) {
        yield PAUSE;
        continue;
      }
      seen++;
      if (kept.length < wanted) kept.push(document);
      else {
        const at = Math.floor(Math.random() * seen);
        if (at < wanted) kept[at] = document;
      }
    }
    for (let at = kept.length - 1; at > 0; at--) {
      const other = Math.floor(Math.random() * (at + 1));
      const [a, b] = [kept[at], kept[other]];
      if (a && b) [kept[at], kept[other]] = [b, a];
    }
    yield* kept;
  };
};

/** Refuses a stage that stands where it cannot. */
export function misplaced(code: number, message: string): StageBuilder {
  return () => {
    throw new MongoError(code, message);
  };
}
