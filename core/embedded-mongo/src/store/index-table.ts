import { equal } from '../bson/compare.ts';
import { decode } from '../bson/decode.ts';
import type { Value } from '../bson/values.ts';
import { duplicateKey } from './duplicate-key.ts';
import type { Entries, IndexSpec } from './index-spec.ts';
import { Statement, bytesOf } from './sqlite.ts';
import type { DatabaseSync } from './sqlite.ts';

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
