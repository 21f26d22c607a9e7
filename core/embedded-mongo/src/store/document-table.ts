import { Statement, bytesOf } from './sqlite.ts';
import type { DatabaseSync } from './sqlite.ts';

/** A stored document. */
export interface Row {
  readonly row: number;
  readonly bytes: Buffer;
}

/** The beginnings of many documents in one piece of memory: a scan's way past what every single row costs. */
export interface Block {
  /** The row number of its last document; undefined when it has none. */
  readonly last: number | undefined;
  readonly bytes: Buffer<ArrayBuffer>;
}

function blockOf(table: string, comparison: '<' | '>', direction: 'ASC' | 'DESC'): string {
  // BSON begins with its length, so what is joined needs no separator. Joining goes by text, which leaves bytes alone.
  return `SELECT ${direction === 'ASC' ? 'max' : 'min'}(r), CAST(group_concat(substr(v, 1, ?3), '') AS BLOB)
    FROM (SELECT r, v FROM ${table} WHERE r ${comparison} ?1 ORDER BY r ${direction} LIMIT ?2)`;
}

/** A collection's documents on disk: rows of row number, key of `_id` and bytes. */
export class DocumentTable {
  readonly #byKey: Statement;
  readonly #valueByKey: Statement;
  readonly #byRow: Statement;
  readonly #insert: Statement;
  readonly #update: Statement;
  readonly #delete: Statement;
  readonly #rows: Statement;
  readonly #block: Statement;
  readonly #blockBack: Statement;
  readonly #numbers: Statement;
  readonly #numbersBack: Statement;
  readonly #keys: Statement;
  readonly #keysBack: Statement;
  readonly #count: Statement;
  readonly #sizes: Statement;

  constructor(sqlite: DatabaseSync, id: number) {
    const table = `d_${id}`;
    this.#byKey = new Statement(sqlite, `SELECT r, v FROM ${table} WHERE k = ?`);
    this.#valueByKey = new Statement(sqlite, `SELECT v FROM ${table} WHERE k = ?`);
    this.#byRow = new Statement(sqlite, `SELECT v FROM ${table} WHERE r = ?`);
    this.#insert = new Statement(sqlite, `INSERT INTO ${table}(k, v) VALUES (?, ?)`);
    this.#update = new Statement(sqlite, `UPDATE ${table} SET v = ? WHERE r = ?`);
    this.#delete = new Statement(sqlite, `DELETE FROM ${table} WHERE r = ?`);
    this.#rows = new Statement(sqlite, `SELECT r, v FROM ${table} WHERE r > ? ORDER BY r LIMIT ?`);
    this.#block = new Statement(sqlite, blockOf(table, '>', 'ASC'));
    this.#blockBack = new Statement(sqlite, blockOf(table, '<', 'DESC'));
    this.#numbers = new Statement(sqlite, `SELECT r FROM ${table} WHERE r > ? ORDER BY r LIMIT ?`);
    this.#numbersBack = new Statement(sqlite, `SELECT r FROM ${table} WHERE r < ? ORDER BY r DESC LIMIT ?`);
    this.#keys = new Statement(sqlite, `SELECT k, r, v FROM ${table} WHERE k >= ? AND k < ? ORDER BY k LIMIT ?`);
    this.#keysBack = new Statement(
      sqlite,
      `SELECT k, r, v FROM ${table} WHERE k >= ? AND k < ? ORDER BY k DESC LIMIT ?`,
    );
    this.#count = new Statement(sqlite, `SELECT count(*) FROM ${table}`);
    this.#sizes = new Statement(sqlite, `SELECT count(*), coalesce(sum(length(v)), 0) FROM ${table}`);
  }

  /** The point read: by the key of an `_id`. */
  findByKey(key: Buffer): Row | undefined {
    const found = this.#byKey.get(key);
    return found && { row: found[0] as number, bytes: bytesOf(found[1]) };
  }

  /** The stored bytes alone. */
  readByKey(key: Buffer): Uint8Array | undefined {
    return this.#valueByKey.get(key)?.[0] as Uint8Array | undefined;
  }

  read(row: number): Buffer | undefined {
    const found = this.#byRow.get(row);
    return found && bytesOf(found[0]);
  }

  count(): number {
    return Number(this.#count.get()?.[0] ?? 0);
  }

  /** How many documents there are, and their bytes. */
  sizes(): { documents: number; bytes: number } {
    const found = this.#sizes.get();
    return { documents: Number(found?.[0] ?? 0), bytes: Number(found?.[1] ?? 0) };
  }

  /** Rows `[row, bytes]` after a row number. */
  readRows(after: number, limit: number): unknown[][] {
    return this.#rows.all(after, limit);
  }

  /**
   * The documents of the rows after a row number (before it, backward), joined without anything between them.
   * @param cut how many bytes of each come at most
   */
  readBlock(from: number, limit: number, backward: boolean, cut: number): Block {
    const [last, bytes] = (backward ? this.#blockBack : this.#block).get(from, limit, cut) ?? [];
    return bytes === null
      ? { last: undefined, bytes: Buffer.alloc(0) }
      : { last: last as number, bytes: bytesOf(bytes) };
  }

  /** The row numbers of such a block. */
  readRowNumbers(from: number, limit: number, backward: boolean): number[] {
    return (backward ? this.#numbersBack : this.#numbers).all(from, limit).map(([row]) => row as number);
  }

  /** Rows `[key, row, bytes]` by `_id`, from `start` on and before `end`. */
  readKeys(start: Buffer, end: Buffer, limit: number): unknown[][] {
    return this.#keys.all(start, end, limit);
  }

  readKeysBack(start: Buffer, end: Buffer, limit: number): unknown[][] {
    return this.#keysBack.all(start, end, limit);
  }

  /** @returns its row number */
  insert(key: Buffer, bytes: Buffer): number {
    return this.#insert.run(key, bytes).row;
  }

  update(row: number, bytes: Buffer): void {
    this.#update.run(bytes, row);
  }

  delete(row: number): void {
    this.#delete.run(row);
  }
}
