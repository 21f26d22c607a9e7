import { mongoError } from '../errors.ts';
import { compareText } from '../bson/compare.ts';
import { arrayPosition, stem } from '../bson/path.ts';
import { DateTime, ObjectId, Timestamp } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { clone } from '../bson/values.ts';
import type { MatchOptions } from '../match/tree.ts';
import { parseArrayFilters } from './array-filters.ts';
import type { Change, UpdateContext } from './context.ts';
import { locate } from './locate.ts';
import { parseOperators } from './operators.ts';
import { compilePatch } from './patch.ts';
import { parsePipeline } from './pipeline.ts';

/** A checked update. */
export interface Update {
  readonly kind: 'operators' | 'replacement' | 'pipeline';
  /**
   * Gives the document after the update; may change the one it is given.
   * @param matched the array position that the filter matched, or -1
   */
  readonly apply: (document: Doc, matched: number, inserting: boolean) => Doc;
  /** The fields that it may change, up to the first component that names an element; undefined for any. */
  readonly paths?: readonly string[];
  /** Changes stored bytes in place; gives undefined where apply() must be used. */
  readonly patch?: ((bytes: Buffer) => Buffer | undefined) | undefined;
}

let ordinal = 0n;

function createContext(inserting: boolean): UpdateContext {
  return {
    now: () => new DateTime(Date.now()),
    timestamp: () =>
      new Timestamp((BigInt(Math.floor(Date.now() / 1000)) << 32n) | (ordinal = (ordinal + 1n) & 0xffffffffn)),
    inserting,
  };
}

/** Numeric components in numeric order, before names; names by bytes. */
function comparePaths(left: Change, right: Change): number {
  const length = Math.min(left.parts.length, right.parts.length);
  for (let index = 0; index < length; index++) {
    const a = left.parts[index] ?? '';
    const b = right.parts[index] ?? '';
    const x = arrayPosition(a);
    const y = arrayPosition(b);
    const result = x !== -1 && y !== -1 ? x - y : compareText(a, b);
    if (result !== 0) return result;
  }
  return left.parts.length - right.parts.length;
}

function checkConflicts(changes: readonly Change[]): void {
  const seen = new Set<string>();
  const parents = new Map<string, string>();
  const conflict = (path: string, at: string): Error =>
    mongoError('ConflictingUpdateOperators', `Updating the path '${path}' would create a conflict at '${at}'`);
  for (const { path, parts } of changes) {
    if (seen.has(path) || parents.has(path)) throw conflict(path, path);
    for (let length = 1; length < parts.length; length++) {
      const parent = parts.slice(0, length).join('.');
      if (seen.has(parent)) throw conflict(path, parent);
      parents.set(parent, path);
    }
    seen.add(path);
  }
}

function parseReplacement(update: Doc): Update {
  for (const name of update.keys()) {
    if (name.startsWith('$')) {
      throw mongoError(
        'DollarPrefixedFieldName',
        `The dollar ($) prefixed field '${name}' in '${name}' is not allowed in the context of an update's replacement document. Consider using an aggregation pipeline with $replaceWith.`,
      );
    }
  }
  return {
    kind: 'replacement',
    apply: (document) => {
      const result: Doc = new Map();
      const id = document.get('_id') ?? update.get('_id');
      if (id !== undefined) result.set('_id', id);
      for (const [name, value] of update) result.set(name, value);
      return result;
    },
  };
}

const stemOf = ({ parts }: Change): string => stem(parts);

function parseModifiers(update: Doc, arrayFilters: readonly Value[], options: MatchOptions): Update {
  const changes = parseOperators(update, options).sort(comparePaths);
  checkConflicts(changes);
  const filters = parseArrayFilters(
    arrayFilters,
    changes.map((change) => change.path),
    options,
  );
  const patch = arrayFilters.length === 0 ? compilePatch(changes) : undefined;
  return {
    kind: 'operators',
    ...(changes.some((change) => change.operator.startsWith('$rename')) ? {} : { paths: changes.map(stemOf) }),
    patch: patch && ((bytes) => patch(bytes, createContext(false))),
    apply: (document, matched, inserting) => {
      const context = createContext(inserting);
      for (const change of changes) {
        if (change.operator === '$setOnInsert' && !inserting) continue;
        if (change.operator.startsWith('$rename')) {
          change.apply({ value: undefined, set: () => undefined, unset: () => undefined, path: '' }, context, document);
          continue;
        }
        locate(document, change, { matched, filters }, (target) => change.apply(detach(target), context, document));
      }
      return document;
    },
  };
}

/** Values of the update are copied in, so that two documents never share one. */
function detach<T extends { readonly set: (value: Value) => void }>(target: T): T {
  return { ...target, set: (value: Value) => target.set(clone(value)) };
}

/**
 * Checks an update of any of the three kinds.
 * @throws MongoError 9, 40, 52, 56 and others before any document is touched
 */
export function parseUpdate(update: Value, arrayFilters: readonly Value[] = [], options: MatchOptions = {}): Update {
  if (Array.isArray(update)) {
    if (arrayFilters.length > 0)
      throw mongoError('FailedToParse', 'arrayFilters may not be specified for pipeline-style updates');
    const run = parsePipeline(update, options);
    return { kind: 'pipeline', apply: (document) => run(document) };
  }
  if (!(update instanceof Map))
    throw mongoError('FailedToParse', 'Update argument must be either an object or an array');
  const [first] = update.keys();
  if (first?.startsWith('$')) return parseModifiers(update, arrayFilters, options);
  if (arrayFilters.length > 0)
    throw mongoError('FailedToParse', 'arrayFilters may not be specified for replacement-style updates');
  return parseReplacement(update);
}

/** Puts `_id` first; makes one when there is none. */
export function withIdFirst(document: Doc): Doc {
  const [first] = document.keys();
  if (first === '_id') return document;
  const result: Doc = new Map<string, Value>([['_id', document.get('_id') ?? ObjectId.create()]]);
  for (const [name, value] of document) if (name !== '_id') result.set(name, value);
  return result;
}
