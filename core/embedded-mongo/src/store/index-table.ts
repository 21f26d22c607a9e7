import { MongoError, mongoError } from '../errors.ts';
import { decode } from '../bson/decode.ts';
import { equal } from '../bson/compare.ts';
import type { StringCompare } from '../bson/compare.ts';
import { ParallelArrays, extractTuples } from '../bson/index-walk.ts';
import { isNumber } from '../bson/exact.ts';
import { compoundKey } from '../bson/keys.ts';
import { toNumber } from '../bson/numbers.ts';
import { overlap, splitPath, stem } from '../bson/path.ts';
import type { Path } from '../bson/path.ts';
import type { Doc, Value } from '../bson/values.ts';
import { parseCollation } from '../match/collation.ts';
import { foldValue } from '../match/fold.ts';
import { matches } from '../match/matches.ts';
import { parseFilter } from '../match/parse.ts';
import type { Node } from '../match/tree.ts';
import { duplicateKey } from './duplicate-key.ts';
import { Statement, bytesOf } from './sqlite.ts';
import type { DatabaseSync } from './sqlite.ts';

export interface IndexField {
  readonly path: string;
  readonly parts: Path;
  readonly descending: boolean;
}

/** One entry: its key, and whether the document really has one of the fields. */
export interface Entries {
  readonly keys: readonly Buffer[];
  readonly values: readonly (readonly (Value | undefined)[])[];
  readonly multikey: number;
}

/** The definition of an index, as createIndexes stored it. */
export class IndexSpec {
  readonly document: Doc;
  readonly name: string;
  readonly key: Doc;
  readonly fields: readonly IndexField[];
  /** Kept in plain order here: what a hash would find, its keys find too. */
  readonly hashed: boolean;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly hidden: boolean;
  readonly partial: Node | undefined;
  /** Seconds, for a TTL index. */
  readonly expireAfter: number | undefined;
  /** How its strings compare; undefined for bytes. */
  readonly text: StringCompare | undefined;
  readonly collation: Doc | undefined;
  readonly #descending: readonly boolean[];
  readonly #paths: readonly Path[];
  readonly #stems: readonly string[];

  constructor(document: Doc) {
    this.document = document;
    const name = document.get('name');
    const key = document.get('key');
    this.name = typeof name === 'string' ? name : '';
    this.key = key instanceof Map ? key : new Map<string, Value>();
    this.fields = [...this.key].map(([path, direction]) => ({
      path,
      parts: splitPath(path),
      descending: isNumber(direction) && toNumber(direction) < 0,
    }));
    this.hashed = [...this.key.values()].includes('hashed');
    this.unique = document.get('unique') === true;
    this.sparse = document.get('sparse') === true;
    this.hidden = document.get('hidden') === true;
    const collation = document.get('collation');
    this.collation = collation instanceof Map ? collation : undefined;
    this.text = parseCollation(this.collation);
    const partial = document.get('partialFilterExpression');
    this.partial = partial instanceof Map ? parseFilter(partial) : undefined;
    const expire = document.get('expireAfterSeconds');
    this.expireAfter = isNumber(expire) ? toNumber(expire) : undefined;
    this.#descending = this.fields.map((field) => field.descending);
    const asked = this.partial ? stemsOf(this.partial) : [];
    this.#stems = [...this.fields.map((field) => stem(field.parts)), ...asked];
    this.#paths = this.fields.map((field) => field.parts);
  }

  /** Whether a change of these fields (undefined: of any) may change a document's entries. */
  touchedBy(paths: readonly string[] | undefined): boolean {
    return !paths || paths.some((path) => this.#stems.some((own) => overlap(path, own)));
  }

  /**
   * What a document contributes.
   * @throws MongoError 171 when two of its fields are arrays
   */
  entriesOf(document: Doc): Entries {
    if (this.partial && !matches(this.partial, document)) return none;
    const { tuples, multikey } = this.#extract(document);
    if (this.hashed && multikey !== 0)
      throw new MongoError(16766, 'hashed indexes do not currently support array values');
    const kept = this.sparse ? tuples.filter((tuple) => tuple.some((value) => value !== undefined)) : tuples;
    const keys: Buffer[] = [];
    const values: (readonly (Value | undefined)[])[] = [];
    const seen = new Set<string>();
    for (const tuple of kept) {
      const key = compoundKey(
        tuple.map((value) => (this.text ? foldValue(value ?? null) : (value ?? null))),
        this.#descending,
      );
      // Coarse keys stand for several values, and each of them is needed.
      if (kept.length > 1 && !this.text) {
        const text = key.toString('latin1');
        if (seen.has(text)) continue;
        seen.add(text);
      }
      keys.push(key);
      values.push(tuple);
    }
    return { keys, values, multikey };
  }

  #extract(document: Doc): { tuples: (Value | undefined)[][]; multikey: number } {
    try {
      return extractTuples(document, this.#paths);
    } catch (error) {
      if (!(error instanceof ParallelArrays)) throw error;
      throw mongoError(
        'CannotIndexParallelArrays',
        `cannot index parallel arrays [${error.paths[1].split('.').pop() ?? ''}] [${error.paths[0].split('.').pop() ?? ''}]`,
      );
    }
  }
}

/** The fields that a filter asks about; the empty one, which overlaps all, for what has no path. */
function stemsOf(node: Node): string[] {
  switch (node.kind) {
    case 'leaf':
      return [stem(node.parts)];
    case 'and':
    case 'or':
    case 'nor':
      return node.children.flatMap(stemsOf);
    case 'not':
      return stemsOf(node.child);
    case 'constant':
      return [];
    default:
      return [''];
  }
}

const none: Entries = { keys: [], values: [], multikey: 0 };

/** One index on disk: rows of key and row number. */
export class IndexTable {
  readonly id: number;
  readonly spec: IndexSpec;
  /** Bit i is set when some document has an array on field i. */
  multikey: number;
  readonly #insert: Statement;
  readonly #remove: Statement;
  readonly #find: Statement;
  readonly #ascending: Statement;
  readonly #descending: Statement;
  readonly #first: Statement;
  readonly #keys: Statement;
  readonly #keysBack: Statement;
  readonly #count: Statement;
  readonly #countRows: Statement;
  readonly #rows: Statement;
  readonly #others: Statement;
  readonly #has: Statement;
  readonly #size: Statement;

  constructor(database: DatabaseSync, id: number, collection: number, spec: IndexSpec, multikey: number) {
    this.id = id;
    this.spec = spec;
    this.multikey = multikey;
    const table = `x_${id}`;
    const rows = `d_${collection}`;
    this.#insert = new Statement(database, `INSERT OR IGNORE INTO ${table}(k, r) VALUES (?, ?)`);
    this.#remove = new Statement(database, `DELETE FROM ${table} WHERE k = ? AND r = ?`);
    this.#find = new Statement(database, `SELECT r FROM ${table} WHERE k = ? AND r <> ? LIMIT 1`);
    const select = `SELECT x.k, x.r, d.v FROM ${table} x CROSS JOIN ${rows} d ON d.r = x.r`;
    this.#ascending = new Statement(
      database,
      `${select} WHERE (x.k, x.r) > (?, ?) AND x.k < ? ORDER BY x.k, x.r LIMIT ?`,
    );
    this.#descending = new Statement(
      database,
      `${select} WHERE (x.k, x.r) < (?, ?) AND x.k >= ? ORDER BY x.k DESC, x.r DESC LIMIT ?`,
    );
    this.#first = new Statement(database, `SELECT k FROM ${table} WHERE k >= ? AND k < ? ORDER BY k LIMIT 1`);
    const keys = `SELECT k, r FROM ${table}`;
    this.#keys = new Statement(database, `${keys} WHERE (k, r) > (?, ?) AND k < ? ORDER BY k, r LIMIT ?`);
    this.#keysBack = new Statement(
      database,
      `${keys} WHERE (k, r) < (?, ?) AND k >= ? ORDER BY k DESC, r DESC LIMIT ?`,
    );
    this.#count = new Statement(
      database,
      `SELECT count(*) FROM (SELECT 1 FROM ${table} WHERE k >= ? AND k < ? LIMIT ?)`,
    );
    const distinct = `SELECT DISTINCT r FROM ${table} WHERE k >= ? AND k < ? LIMIT ?`;
    this.#countRows = new Statement(database, `SELECT count(*) FROM (${distinct})`);
    this.#rows = new Statement(database, distinct);
    this.#others = new Statement(
      database,
      `SELECT d.v FROM ${table} x CROSS JOIN ${rows} d ON d.r = x.r WHERE x.k = ? AND x.r <> ?`,
    );
    this.#has = new Statement(database, `SELECT 1 FROM ${table} WHERE k = ? AND r = ?`);
    this.#size = new Statement(database, `SELECT count(*), coalesce(sum(length(k) + 8), 0) FROM ${table}`);
  }

  add(row: number, keys: readonly Buffer[]): void {
    for (const key of keys) this.#insert.run(key, row);
  }

  remove(row: number, keys: readonly Buffer[]): void {
    for (const key of keys) this.#remove.run(key, row);
  }

  /**
   * Refuses entries that another document has.
   * @throws MongoError 11000
   */
  checkUnique(namespace: string, row: number, entries: Entries): void {
    if (!this.spec.unique) return;
    for (const [at, key] of entries.keys.entries()) {
      if (this.spec.text ? this.#sameText(key, row, entries.values[at] ?? []) : this.#find.get(key, row))
        throw duplicateKey(namespace, this.spec, entries.values[at] ?? []);
    }
  }

  /** Rows `[key, row, bytes]` after a position, in key order. */
  readAscending(afterKey: Buffer, afterRow: number, end: Buffer, limit: number): unknown[][] {
    return this.#ascending.all(afterKey, afterRow, end, limit);
  }

  readDescending(beforeKey: Buffer, beforeRow: number, start: Buffer, limit: number): unknown[][] {
    return this.#descending.all(beforeKey, beforeRow, start, limit);
  }

  /** Entries `[key, row]` after a position, without their documents. */
  readKeys(afterKey: Buffer, afterRow: number, end: Buffer, limit: number): unknown[][] {
    return this.#keys.all(afterKey, afterRow, end, limit);
  }

  readKeysBack(beforeKey: Buffer, beforeRow: number, start: Buffer, limit: number): unknown[][] {
    return this.#keysBack.all(beforeKey, beforeRow, start, limit);
  }

  /** The first key of a range. */
  firstKey(start: Buffer, end: Buffer): Buffer | undefined {
    const found = this.#first.get(start, end);
    return found && bytesOf(found[0]);
  }

  /** Whether a document with the same coarse key has values that the collation calls equal. */
  #sameText(key: Buffer, row: number, values: readonly (Value | undefined)[]): boolean {
    return this.#others
      .all(key, row)
      .some(([bytes]) =>
        this.spec
          .entriesOf(decode(bytesOf(bytes)))
          .values.some((other) => values.every((value, at) => equal(value ?? null, other[at] ?? null, this.spec.text))),
      );
  }

  has(key: Buffer, row: number): boolean {
    return this.#has.get(key, row) !== undefined;
  }

  /** How many entries there are. */
  size(): number {
    return Number(this.#size.get()?.[0] ?? 0);
  }

  /** Bytes of the keys with their row numbers. */
  bytes(): number {
    return Number(this.#size.get()?.[1] ?? 0);
  }

  /** How many documents have an entry in a range, up to a limit (-1: all). */
  countRows(start: Buffer, end: Buffer, limit: number): number {
    return Number(this.#countRows.get(start, end, limit)?.[0] ?? 0);
  }

  /** Row numbers of the documents that have an entry in a range, each once, up to a limit (-1: all). */
  rowsOf(start: Buffer, end: Buffer, limit: number): number[] {
    return this.#rows.all(start, end, limit).map(([row]) => row as number);
  }

  /** How many entries lie in a range, up to a limit (-1: all). */
  countRange(start: Buffer, end: Buffer, limit: number): number {
    return Number(this.#count.get(start, end, limit)?.[0] ?? 0);
  }
}

/** Reads the stored definition of an index. */
export function readSpec(bytes: Buffer): IndexSpec {
  return new IndexSpec(decode(bytes));
}
