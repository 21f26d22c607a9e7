import { mongoError } from '../errors.ts';
import { arrayPosition, isPositional } from '../bson/path.ts';
import { typeName, typeOf } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import type { Change, Target } from './context.ts';
import type { ArrayFilters } from './array-filters.ts';

const MAX_PADDING = 1_500_000;

/** What the positional components stand for. */
export interface Positional {
  /** The array position that the filter matched, for `$`; -1 when none. */
  readonly matched: number;
  readonly filters: ArrayFilters;
}

type Container = Doc | Value[];

function shorten(value: Value | undefined): string {
  return value === undefined ? 'missing' : typeName(typeOf(value));
}

function notViable(part: string, parent: string, value: Value): Error {
  return mongoError(
    'PathNotViable',
    `Cannot create field '${part}' in element {${parent.split('.').pop() ?? ''}: ${value === null ? 'null' : shorten(value)}}`,
  );
}

function setElement(array: Value[], index: number, value: Value): void {
  if (index - array.length > MAX_PADDING) {
    throw mongoError('BadValue', `can't backfill more than ${MAX_PADDING} elements`);
  }
  while (array.length < index) array.push(null);
  array[index] = value;
}

function targetIn(container: Container, part: string, path: string): Target {
  if (container instanceof Map) {
    return {
      value: container.get(part),
      set: (value) => void container.set(part, value),
      unset: () => void container.delete(part),
      path,
    };
  }
  const index = arrayPosition(part);
  return {
    value: container[index],
    set: (value) => setElement(container, index, value),
    unset: () => {
      if (index < container.length) container[index] = null;
    },
    path,
  };
}

/**
 * Finds every place that a change means and hands each over; parents are made when the operator creates.
 * @throws MongoError 28 when the path runs through a scalar, 2 for `$` without a matched array
 */
export function locate(root: Doc, change: Change, positional: Positional, act: (target: Target) => void): void {
  descend(root, 0, '', change, positional, act);
}

const join = (prefix: string, part: string): string => (prefix === '' ? part : `${prefix}.${part}`);

function descend(
  container: Container,
  depth: number,
  prefix: string,
  change: Change,
  positional: Positional,
  act: (target: Target) => void,
): void {
  const part = change.parts[depth] ?? '';
  if (isPositional(part)) {
    for (const index of positionsOf(container, part, prefix, change, positional)) {
      enter(container, String(index), depth, prefix, change, positional, act);
    }
    return;
  }
  enter(container, part, depth, prefix, change, positional, act);
}

function enter(
  container: Container,
  part: string,
  depth: number,
  prefix: string,
  change: Change,
  positional: Positional,
  act: (target: Target) => void,
): void {
  if (Array.isArray(container) && arrayPosition(part) === -1) {
    if (change.creates) throw notViable(part, prefix, container);
    return;
  }
  const path = join(prefix, part);
  const target = targetIn(container, part, path);
  if (depth === change.parts.length - 1) {
    act(target);
    return;
  }
  const next = target.value;
  if (next instanceof Map || Array.isArray(next)) {
    descend(next, depth + 1, path, change, positional, act);
    return;
  }
  if (!change.creates) return;
  const following = change.parts[depth + 1] ?? '';
  if (next !== undefined) throw notViable(following, path, next);
  if (isPositional(following)) throw pathMustExist(path, following);
  // The child is filled before it is hung in, so that a refusal leaves no empty parent behind.
  const child: Doc = new Map();
  descend(child, depth + 1, path, change, positional, act);
  if (child.size > 0) target.set(child);
}

function pathMustExist(path: string, part: string): Error {
  if (part === '$') {
    return mongoError('BadValue', 'The positional operator did not find the match needed from the query.');
  }
  return mongoError('BadValue', `The path '${path}' must exist in the document in order to apply array updates.`);
}

function positionsOf(
  container: Container,
  part: string,
  prefix: string,
  change: Change,
  positional: Positional,
): readonly number[] {
  if (part === '$') {
    if (positional.matched === -1) throw pathMustExist(prefix, part);
    return [positional.matched];
  }
  if (!Array.isArray(container)) {
    if (!change.creates) return [];
    throw mongoError('BadValue', `Cannot apply array updates to non-array element ${prefix}: ${shorten(container)}`);
  }
  const name = part.slice(2, -1);
  const all = [...container.keys()];
  return name === '' ? all : all.filter((index) => positional.filters.matches(name, container[index]));
}
