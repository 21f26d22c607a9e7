import { Sorter, parseSort } from '../aggregate/sort.ts';
import type { Sort } from '../aggregate/sort.ts';
import type { StringCompare } from '../bson/compare.ts';
import { decode } from '../bson/decode.ts';
import { keyOf } from '../bson/keys.ts';
import { Regex } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { parseCollation } from '../match/collation.ts';
import { matches } from '../match/matches.ts';
import { isOperators, parseFilter } from '../match/parse.ts';
import { compileRaw } from '../match/raw.ts';
import type { RawTest } from '../match/raw.ts';
import type { MatchOptions, Node, Position } from '../match/tree.ts';
import { PAUSE } from '../pause.ts';
import { chooseAccess } from '../plan/choose.ts';
import type { Access } from '../plan/access.ts';
import { scanRows } from '../plan/scan.ts';
import type { ScanCounts } from '../plan/scan.ts';
import type { Collection } from '../store/collection.ts';
import type { Operation } from './operation.ts';

/** What a command asks for, before it is checked. */
export interface QueryFields {
  readonly filter: Doc;
  readonly sort?: Value | undefined;
  readonly hint?: Value | undefined;
  readonly collation?: Value | undefined;
  /** The collection's own collation, for a query that names none. */
  readonly fallback?: Doc | undefined;
  readonly variables?: ReadonlyMap<string, Value> | undefined;
}

/** A checked query. */
export interface Query {
  readonly filter: Doc;
  readonly node: Node;
  readonly sort: Sort;
  readonly hint: Value | undefined;
  readonly text: StringCompare | undefined;
  readonly options: MatchOptions;
  /** The filter on raw bytes. */
  readonly test: RawTest;
}

/** A document that satisfies a query; decoded when somebody asks for more than its bytes. */
export class Hit {
  readonly row: number;
  readonly bytes: Buffer;
  readonly #query: Query;
  #document: Doc | undefined;
  #matched: number | undefined;

  constructor(row: number, bytes: Buffer, query: Query, document?: Doc, matched?: number) {
    this.row = row;
    this.bytes = bytes;
    this.#query = query;
    this.#document = document;
    this.#matched = matched;
  }

  get document(): Doc {
    return (this.#document ??= decode(this.bytes));
  }

  /** The array position of the match, or -1. */
  get matched(): number {
    if (this.#matched === undefined) {
      const position: Position = { index: -1 };
      matches(this.#query.node, this.document, this.#query.text, position);
      this.#matched = position.index;
    }
    return this.#matched;
  }
}

/** @throws MongoError for a filter, sort or collation that is not right */
export function parseQuery(fields: QueryFields): Query {
  const text = parseCollation(fields.collation ?? fields.fallback);
  const options: MatchOptions = { text, variables: fields.variables };
  const hint = fields.hint instanceof Map && fields.hint.size === 0 ? undefined : fields.hint;
  const node = parseFilter(fields.filter, options);
  let test: RawTest | undefined;
  return {
    filter: fields.filter,
    node,
    // Only a scan needs it.
    get test(): RawTest {
      return (test ??= compileRaw(node, text));
    },
    sort: parseSort(fields.sort),
    hint: hint === '' || hint === null ? undefined : hint,
    text,
    options,
  };
}

export function planOf(collection: Collection, query: Query): Access {
  return chooseAccess(collection, {
    filter: query.node,
    sort: query.sort.fields,
    natural: query.sort.natural,
    hint: query.hint,
    collated: query.text !== undefined,
  });
}

/**
 * The key of a filter that is exactly `{_id: value}`: the fast path.
 * @returns undefined for every other filter
 */
export function pointKey(filter: Doc): Buffer | undefined {
  if (filter.size !== 1) return undefined;
  const id = filter.get('_id');
  if (id === undefined || id instanceof Regex || Array.isArray(id) || isOperators(id)) return undefined;
  return keyOf(id);
}

/** The documents that satisfy a query, in the plan's order. */
export function* scanHits(
  collection: Collection,
  query: Query,
  access: Access,
  counts: ScanCounts,
): Generator<Hit | typeof PAUSE> {
  const position: Position = { index: -1 };
  for (const row of scanRows(collection, access, counts, query.test)) {
    if (row === PAUSE) {
      yield PAUSE;
      continue;
    }
    if (row.sure) {
      yield new Hit(row.row, row.bytes, query);
      continue;
    }
    const document = decode(row.bytes);
    position.index = -1;
    if (matches(query.node, document, query.text, position))
      yield new Hit(row.row, row.bytes, query, document, position.index);
  }
}

/** Where in a result to begin and end. */
export interface Window {
  readonly skip: number;
  /** 0 for no limit. */
  readonly limit: number;
}

function* slice<T>(source: Iterable<T | typeof PAUSE>, { skip, limit }: Window): Generator<T | typeof PAUSE> {
  let seen = 0;
  for (const item of source) {
    if (item === PAUSE) yield PAUSE;
    else if (seen++ >= skip) {
      yield item;
      if (limit > 0 && seen === skip + limit) return;
    }
  }
}

function* sortHits(
  collection: Collection,
  query: Query,
  source: Iterable<Hit | typeof PAUSE>,
  most: number,
): Generator<Hit | typeof PAUSE> {
  const sorter = new Sorter<number>(query.sort.fields, query.text, most);
  for (const hit of source) {
    if (hit === PAUSE) yield PAUSE;
    else sorter.addBytes(hit.bytes, () => hit.document, hit.row);
  }
  for (const row of sorter.sorted()) {
    const bytes = collection.dropped ? undefined : collection.table.read(row);
    if (bytes) yield new Hit(row, bytes, query);
  }
}

/** The documents of a query in the order it asks for, with skip and limit. */
export function* runQuery(
  collection: Collection,
  query: Query,
  window: Window,
  counts: ScanCounts = { keys: 0, documents: 0 },
): Generator<Hit | typeof PAUSE> {
  const access = planOf(collection, query);
  const hits = scanHits(collection, query, access, counts);
  if (access.ordered) yield* slice(hits, window);
  else
    yield* slice(sortHits(collection, query, hits, window.limit > 0 ? window.skip + window.limit : Infinity), window);
}

/** For writes, which do not pause: the hits without the pauses. */
export function* withoutPauses<T>(source: Iterable<T | typeof PAUSE>, operation?: Operation): Generator<T> {
  for (const item of source) {
    if (item !== PAUSE) yield item;
    else operation?.check();
  }
}
