import { arrayPosition } from './path.ts';
import type { Path } from './path.ts';
import { undefinedValue } from './values.ts';
import type { Doc, Value } from './values.ts';

/** Says that two different arrays lie on the paths of one index or sort. */
export class ParallelArrays extends Error {
  readonly paths: readonly [string, string];
  constructor(first: string, second: string) {
    super('parallel arrays');
    this.paths = [first, second];
  }
}

/** What one document contributes to an index: tuples of values, and which fields went through an array. */
export interface Extracted {
  readonly tuples: (Value | undefined)[][];
  /** Bit i is set when field i met an array. */
  readonly multikey: number;
}

interface Cursor {
  value: Value | undefined;
  rest: number;
}

type Step =
  | { readonly done: true; readonly value: Value | undefined }
  | { readonly done: false; readonly array: Value[]; readonly rest: number };

function advance(cursor: Cursor, path: Path): Step {
  let { value, rest } = cursor;
  while (rest < path.length) {
    if (value instanceof Map) value = value.get(path[rest] ?? '');
    else if (Array.isArray(value)) {
      return { done: false, array: value, rest };
    } else return { done: true, value: undefined };
    rest++;
  }
  return Array.isArray(value) ? { done: false, array: value, rest } : { done: true, value };
}

/** The index walk (also the sort's): arrays give one tuple for each element. */
export function extractTuples(root: Doc, paths: readonly Path[]): Extracted {
  const state: State = { paths, tuples: [], multikey: 0 };
  expand(
    state,
    paths.map(() => ({ value: root, rest: 0 })),
    paths.map(() => false),
  );
  return state;
}

interface State {
  readonly paths: readonly Path[];
  readonly tuples: (Value | undefined)[][];
  multikey: number;
}

function expand(state: State, cursors: readonly Cursor[], leaf: readonly boolean[]): void {
  const values: (Value | undefined)[] = [];
  let shared: Value[] | undefined;
  let first = -1;
  const blocked: { field: number; rest: number }[] = [];
  for (const [field, cursor] of cursors.entries()) {
    const path = state.paths[field] ?? [];
    const step: Step = leaf[field] ? { done: true, value: cursor.value } : advance(cursor, path);
    if (step.done) {
      values[field] = step.value;
      continue;
    }
    if (shared && shared !== step.array) throw new ParallelArrays(state.paths[first]?.join('.') ?? '', path.join('.'));
    if (!shared) first = field;
    shared = step.array;
    state.multikey |= 1 << field;
    blocked.push({ field, rest: step.rest });
  }
  if (!shared) state.tuples.push(values);
  else expandArray(state, shared, blocked, values, leaf, cursors);
}

function expandArray(
  state: State,
  array: readonly Value[],
  blocked: readonly { field: number; rest: number }[],
  values: readonly (Value | undefined)[],
  leaf: readonly boolean[],
  cursors: readonly Cursor[],
): void {
  const elements: readonly (Value | undefined)[] = array.length === 0 ? [undefined] : array;
  for (const element of elements) {
    const nextLeaf = leaf.slice();
    const next = cursors.map((cursor, field) => {
      const at = blocked.find((one) => one.field === field);
      if (!at) {
        nextLeaf[field] = true;
        return { value: values[field], rest: cursor.rest };
      }
      const path = state.paths[field] ?? [];
      if (at.rest === path.length) {
        nextLeaf[field] = true;
        return { value: element === undefined ? undefinedValue : element, rest: at.rest };
      }
      return below(array, element, path, at.rest, () => {
        nextLeaf[field] = true;
      });
    });
    expand(state, next, nextLeaf);
  }
}

function below(array: readonly Value[], element: Value | undefined, path: Path, rest: number, end: () => void): Cursor {
  const position = arrayPosition(path[rest] ?? '');
  if (position !== -1 && !(element instanceof Map && element.has(path[rest] ?? ''))) {
    return { value: array[position], rest: rest + 1 };
  }
  if (element instanceof Map) return { value: element, rest };
  end();
  return { value: undefined, rest };
}
