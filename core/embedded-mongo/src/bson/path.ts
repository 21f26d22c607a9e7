import { mongoError } from '../errors.ts';
import type { Doc, Value } from './values.ts';

/** A dotted path, split. */
export type Path = readonly string[];

/** How many components a path may have, as in MongoDB. */
export const MAX_PATH = 200;

/** @throws MongoError 15 for a path that is longer than any document is deep */
export function splitPath(path: string): Path {
  const parts = path.split('.');
  if (parts.length > MAX_PATH) throw mongoError('Overflow', `FieldPath is too long: ${parts.length} components`);
  return parts;
}

/** Whether a path component of an update is `$`, `$[]` or `$[name]`; other names may begin with `$` too. */
export function isPositional(part: string): boolean {
  return part.startsWith('$') && /^\$(\[.*\])?$/s.test(part);
}

/** The array position that a path component names, or -1. */
export function arrayPosition(part: string): number {
  return /^(0|[1-9][0-9]{0,8})$/.test(part) ? Number(part) : -1;
}

/** A path up to the first component that may name an array's element: a position, `$` or `$[…]`. */
export function stem(parts: Path): string {
  const end = parts.findIndex((part) => part.startsWith('$') || arrayPosition(part) !== -1);
  return parts.slice(0, end === -1 ? parts.length : end).join('.');
}

/** Whether a change at one stem may change what lies at the other. */
export function overlap(left: string, right: string): boolean {
  if (left === '' || right === '' || left === right) return true;
  return left.length < right.length ? right.startsWith(`${left}.`) : left.startsWith(`${right}.`);
}

/**
 * The plain walk: documents only, no arrays.
 * @returns undefined when it is missing
 */
export function getPath(root: Doc, path: Path): Value | undefined {
  let current: Value | undefined = root;
  for (const part of path) {
    if (!(current instanceof Map)) return undefined;
    current = current.get(part);
  }
  return current;
}

/** What the match walk meets: a value, or undefined for a missing field. `index` is the outermost array position. */
export type Visit = (value: Value | undefined, index: number) => boolean;

/**
 * The match walk: each value that a query on this path speaks of, arrays on the way entered.
 * Leaf arrays are not entered.
 * @returns true as soon as the visitor says so
 */
export function visitPath(root: Value, path: Path, visit: Visit): boolean {
  return walk(root, path, 0, -1, visit);
}

function walk(value: Value | undefined, path: Path, depth: number, index: number, visit: Visit): boolean {
  if (depth === path.length) return visit(value, index);
  if (value instanceof Map) return walk(value.get(path[depth] ?? ''), path, depth + 1, index, visit);
  if (!Array.isArray(value)) return visit(undefined, index);
  return walkArray(value, path, depth, index, visit);
}

function walkArray(values: readonly Value[], path: Path, depth: number, index: number, visit: Visit): boolean {
  const position = arrayPosition(path[depth] ?? '');
  for (let at = 0; at < values.length; at++) {
    const element = values[at];
    const outer = index === -1 ? at : index;
    if (element instanceof Map) {
      if (walk(element, path, depth, outer, visit)) return true;
    } else if (position !== -1 && Array.isArray(element) && position < element.length) {
      if (walk(element[position], path, depth + 1, outer, visit)) return true;
    }
    if (at === position && walk(element, path, depth + 1, outer, visit)) return true;
  }
  return false;
}

/** Calls the visitor for each element of a leaf array, then for the array itself. */
export function visitLeaf(value: Value | undefined, index: number, visit: Visit): boolean {
  if (Array.isArray(value)) {
    for (let at = 0; at < value.length; at++) {
      if (visit(value[at], index === -1 ? at : index)) return true;
    }
  }
  return visit(value, index);
}

/** Every value that `distinct` lists for a path. */
export function distinctValues(root: Doc, path: Path, add: (value: Value) => void): void {
  visitPath(root, path, (value) => {
    if (Array.isArray(value)) for (const element of value) add(element);
    else if (value !== undefined) add(value);
    return false;
  });
}
