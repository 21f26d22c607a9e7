import { MongoError, mongoError } from '../errors.ts';
import { compileExpression } from './expressions/compile.ts';
import type { Expression } from './expressions/scope.ts';
import { isNumber } from '../bson/exact.ts';
import { toInteger, toNumber } from '../bson/numbers.ts';
import { splitPath } from '../bson/path.ts';
import type { Doc, Value } from '../bson/values.ts';
import { matches, matchesValue } from '../match/matches.ts';
import { parseFilter, isOperators, parseOperators } from '../match/parse.ts';
import type { MatchOptions } from '../match/tree.ts';

/** What happens to one path. */
type Rule =
  | { readonly kind: 'include' | 'exclude' }
  | { readonly kind: 'compute'; readonly expression: Expression }
  | { readonly kind: 'slice'; readonly skip: number; readonly limit: number | undefined }
  | { readonly kind: 'elemMatch'; readonly test: (element: Value) => boolean }
  | { readonly kind: 'positional' };

interface Branch {
  readonly children: Map<string, Branch>;
  rule: Rule | undefined;
}

/** A compiled projection. `matched` is the array position of the filter's match, for `$`. */
export interface Projection {
  readonly apply: (document: Doc, matched: number) => Doc;
  readonly positional: boolean;
}

function parseSlice(value: Value): Rule {
  const whole = (one: Value | undefined): number => {
    const number = isNumber(one) ? toInteger(one) : undefined;
    if (number === undefined)
      throw new MongoError(28667, 'Invalid $slice syntax. The given syntax did not match the find() syntax');
    return number;
  };
  if (!Array.isArray(value)) {
    const count = whole(value);
    return count < 0 ? { kind: 'slice', skip: count, limit: undefined } : { kind: 'slice', skip: 0, limit: count };
  }
  if (value.length !== 2) throw new MongoError(28667, 'Invalid $slice syntax: an array needs two numbers');
  const limit = whole(value[1]);
  if (limit <= 0) throw new MongoError(28724, `Third argument to $slice must be positive, but is of ${limit}`);
  return { kind: 'slice', skip: whole(value[0]), limit };
}

function parseElemMatch(value: Value, options: MatchOptions): Rule {
  if (!(value instanceof Map)) throw new MongoError(31274, '$elemMatch: Invalid argument, object required');
  if (isOperators(value) && !['$and', '$or', '$nor'].includes([...value.keys()][0] ?? '')) {
    const node = parseOperators('', value, options);
    return { kind: 'elemMatch', test: (element) => matchesValue(node, element, options.text) };
  }
  const node = parseFilter(value, options);
  return { kind: 'elemMatch', test: (element) => element instanceof Map && matches(node, element, options.text) };
}

function parseRule(path: string, value: Value, options: MatchOptions): Rule {
  if (typeof value === 'boolean') return { kind: value ? 'include' : 'exclude' };
  if (isNumber(value)) return { kind: toNumber(value) === 0 ? 'exclude' : 'include' };
  if (value instanceof Map) {
    const slice = value.get('$slice');
    if (slice !== undefined && value.size === 1 && !(Array.isArray(slice) && !isNumber(slice[0])))
      return parseSlice(slice);
    const elemMatch = value.get('$elemMatch');
    if (elemMatch !== undefined) {
      if (path.includes('.')) throw new MongoError(31275, 'Cannot use $elemMatch projection on a nested field.');
      return parseElemMatch(elemMatch, options);
    }
    if (value.has('$meta')) throw mongoError('BadValue', '$meta is not supported');
  }
  return { kind: 'compute', expression: compileExpression(value) };
}

function collision(path: string, part: string): Error {
  return mongoError('PathCollision', `Path collision at ${path} remaining portion ${part}`);
}

function insert(root: Branch, path: string, rule: Rule): void {
  const parts = splitPath(path);
  if (parts.includes('')) throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
  if (parts.some((part) => part.startsWith('$')))
    throw new MongoError(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
  let branch = root;
  for (const [index, part] of parts.entries()) {
    if (branch.rule) throw collision(path, parts.slice(index).join('.'));
    let next = branch.children.get(part);
    if (!next) {
      next = { children: new Map(), rule: undefined };
      branch.children.set(part, next);
    }
    branch = next;
  }
  if (branch.rule || branch.children.size > 0) throw collision(path, parts[parts.length - 1] ?? '');
  branch.rule = rule;
}

interface Spec {
  readonly path: string;
  readonly rule: Rule;
}

function flatten(spec: Doc, prefix: string, options: MatchOptions, aggregate: boolean): Spec[] {
  const list: Spec[] = [];
  for (const [name, value] of spec) {
    let path = prefix === '' ? name : `${prefix}.${name}`;
    if (!aggregate && path.endsWith('.$')) {
      path = path.slice(0, -2);
      list.push({ path, rule: { kind: 'positional' } });
      continue;
    }
    const [first] = value instanceof Map ? value.keys() : [];
    if (value instanceof Map && (first === undefined || !first.startsWith('$'))) {
      if (first === undefined)
        throw new MongoError(51270, 'An empty sub-projection is not a valid value. Found empty object at path');
      list.push(...flatten(value, path, options, aggregate));
    } else list.push({ path, rule: parseRule(path, value, options) });
  }
  return list;
}

function isInclusive(list: readonly Spec[]): boolean {
  let inclusive: boolean | undefined;
  for (const { path, rule } of list) {
    if (path === '_id' && (rule.kind === 'include' || rule.kind === 'exclude')) continue;
    if (rule.kind === 'slice') continue;
    const includes = rule.kind !== 'exclude';
    if (rule.kind === 'elemMatch' && inclusive === false) continue;
    if (inclusive !== undefined && inclusive !== includes) {
      throw includes
        ? mongoError('MixedProjection', `Cannot do inclusion on field ${path} in exclusion projection`)
        : mongoError('MixedProjection', `Cannot do exclusion on field ${path} in inclusion projection`);
    }
    inclusive = includes;
  }
  if (inclusive !== undefined) return inclusive;
  const id = list.find((one) => one.path === '_id');
  return id?.rule.kind === 'include' && !list.some((one) => one.rule.kind === 'slice');
}

function slice(values: readonly Value[], skip: number, limit: number | undefined): Value[] {
  const start = skip < 0 ? Math.max(0, values.length + skip) : skip;
  return values.slice(start, limit === undefined ? undefined : start + limit);
}

interface Run {
  readonly root: Doc;
  readonly inclusive: boolean;
  readonly matched: number;
  readonly variables: ReadonlyMap<string, Value>;
}

function applyRule(rule: Rule, value: Value | undefined, run: Run): Value | undefined {
  switch (rule.kind) {
    case 'include':
      return value;
    case 'exclude':
      return undefined;
    case 'compute':
      return rule.expression({ root: run.root, current: run.root, variables: run.variables });
    case 'slice':
      return Array.isArray(value) ? slice(value, rule.skip, rule.limit) : value;
    case 'elemMatch': {
      const found = Array.isArray(value) ? value.find(rule.test) : undefined;
      return found === undefined ? undefined : [found];
    }
    case 'positional': {
      if (!Array.isArray(value)) return value;
      const element = value[run.matched];
      if (run.matched === -1 || element === undefined) {
        throw new MongoError(
          51246,
          "Executor error during find command :: caused by :: positional operator '.$' couldn't find a matching element in the array",
        );
      }
      return [element];
    }
  }
}

function walk(value: Value, branch: Branch, run: Run): Value | undefined {
  if (Array.isArray(value)) {
    return value.flatMap((element) => {
      const result = walk(element, branch, run);
      return result === undefined ? [] : [result];
    });
  }
  if (!(value instanceof Map)) return run.inclusive ? undefined : value;
  return walkDoc(value, branch, run);
}

function walkDoc(document: Doc, branch: Branch, run: Run): Doc {
  const result: Doc = new Map();
  for (const [name, value] of document) {
    const child = branch.children.get(name);
    let kept: Value | undefined;
    if (!child) kept = run.inclusive ? undefined : value;
    else if (child.rule?.kind === 'compute') kept = undefined;
    else kept = child.rule ? applyRule(child.rule, value, run) : walk(value, child, run);
    if (kept !== undefined) result.set(name, kept);
  }
  for (const [name, child] of branch.children) addComputed(result, document, name, child, run);
  return result;
}

function hasComputed(branch: Branch): boolean {
  return branch.rule?.kind === 'compute' || [...branch.children.values()].some(hasComputed);
}

function addComputed(result: Doc, document: Doc, name: string, child: Branch, run: Run): void {
  if (child.rule?.kind === 'compute') {
    const value = applyRule(child.rule, document.get(name), run);
    if (value !== undefined) result.set(name, value);
  } else if (!result.has(name) && !child.rule && hasComputed(child)) {
    const inner = walkDoc(new Map(), child, run);
    if (inner.size > 0) result.set(name, inner);
  }
}

/**
 * Checks a projection of find, findAndModify or $project.
 * @throws MongoError 31254 for a mix of inclusion and exclusion, 31249 for colliding paths
 */
export function parseProjection(spec: Doc, options: MatchOptions = {}, aggregate = false): Projection | undefined {
  if (spec.size === 0) return undefined;
  const list = flatten(spec, '', options, aggregate);
  const inclusive = isInclusive(list);
  const variables = options.variables ?? new Map<string, Value>();
  const root: Branch = { children: new Map(), rule: undefined };
  for (const { path, rule } of list) {
    // A slice alone keeps the other fields; in an inclusion it includes its own.
    insert(root, path, rule);
  }
  if (inclusive && !root.children.has('_id'))
    root.children.set('_id', { children: new Map(), rule: { kind: 'include' } });
  return {
    positional: list.some((one) => one.rule.kind === 'positional'),
    apply: (document, matched) => walkDoc(document, root, { root: document, inclusive, matched, variables }),
  };
}
