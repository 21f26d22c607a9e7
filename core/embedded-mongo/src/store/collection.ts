import { MongoError, mongoError } from '../errors.ts';
import { keyOf } from '../bson/keys.ts';
import { Regex, int, undefinedValue } from '../bson/values.ts';
import type { Binary, Doc, Value } from '../bson/values.ts';
import { duplicateKey } from './duplicate-key.ts';
import type { Entries, IndexTable } from './index-table.ts';
import { Statement, bytesOf } from './sqlite.ts';
import type { DatabaseSync } from './sqlite.ts';

/** The largest document. */
export const MAX_DOCUMENT: number = 16 * 1024 * 1024;

const idIndex = { name: '_id_', key: new Map<string, Value>([['_id', int(1)]]) };

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

/** What a collection calls when an index became multikey, to keep that on disk. */
export type SaveMultikey = (index: IndexTable) => void;

function checkId(id: Value | undefined): Value {
  if (Array.isArray(id)) throw mongoError('InvalidIdField', "The '_id' value cannot be of type array");
  if (id instanceof Regex) throw mongoError('InvalidIdField', "The '_id' value cannot be of type regex");
  if (id === undefinedValue) throw mongoError('InvalidIdField', "The '_id' value cannot be of type undefined");
  if (id instanceof Map) {
    const dollar = [...id.keys()].find((name) => name.startsWith('$'));
    if (dollar !== undefined)
      throw mongoError(
        'DollarPrefixedFieldName',
        `_id fields may not contain '$'-prefixed fields: ${dollar} is not valid for storage.`,
      );
  }
  return id ?? null;
}

/** A view: the stages that it puts before what is asked of it, and the name of what it stands on. */
export interface View {
  readonly on: string;
  readonly pipeline: readonly Value[];
}

function viewOf(options: Doc): View | undefined {
  const on = options.get('viewOn');
  const pipeline = options.get('pipeline');
  return typeof on === 'string' ? { on, pipeline: Array.isArray(pipeline) ? pipeline : [] } : undefined;
}

/** One collection: its rows, and its indexes kept in step with them. */
export class Collection {
  readonly id: number;
  readonly database: string;
  readonly name: string;
  #options: Doc;
  #view: View | undefined;
  readonly uuid: Binary;
  indexes: IndexTable[] = [];
  dropped = false;
  /** Grows with each write: whoever looks twice knows whether something was written in between. */
  writes = 0;
  readonly #byKey: Statement;
  readonly #valueByKey: Statement;
  readonly #byRow: Statement;
  readonly #insert: Statement;
  readonly #update: Statement;
  readonly #delete: Statement;
  readonly #rows: Statement;
  readonly #rowsBack: Statement;
  readonly #block: Statement;
  readonly #blockBack: Statement;
  readonly #numbers: Statement;
  readonly #numbersBack: Statement;
  readonly #keys: Statement;
  readonly #keysBack: Statement;
  readonly #count: Statement;
  readonly #sizes: Statement;
  readonly #saveMultikey: SaveMultikey;

  constructor(
    sqlite: DatabaseSync,
    id: number,
    database: string,
    name: string,
    options: Doc,
    uuid: Binary,
    saveMultikey: SaveMultikey,
  ) {
    this.id = id;
    this.database = database;
    this.name = name;
    this.#options = options;
    this.#view = viewOf(options);
    this.uuid = uuid;
    this.#saveMultikey = saveMultikey;
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
    this.#rowsBack = new Statement(sqlite, `SELECT r, v FROM ${table} WHERE r < ? ORDER BY r DESC LIMIT ?`);
    this.#keys = new Statement(sqlite, `SELECT k, r, v FROM ${table} WHERE k >= ? AND k < ? ORDER BY k LIMIT ?`);
    this.#keysBack = new Statement(
      sqlite,
      `SELECT k, r, v FROM ${table} WHERE k >= ? AND k < ? ORDER BY k DESC LIMIT ?`,
    );
    this.#count = new Statement(sqlite, `SELECT count(*) FROM ${table}`);
    this.#sizes = new Statement(sqlite, `SELECT count(*), coalesce(sum(length(v)), 0) FROM ${table}`);
  }

  get options(): Doc {
    return this.#options;
  }

  set options(options: Doc) {
    this.#options = options;
    this.#view = viewOf(options);
  }

  /** What it shows when it is a view. */
  get view(): View | undefined {
    return this.#view;
  }

  /** The collation of queries that name none. */
  get collation(): Doc | undefined {
    const collation = this.#options.get('collation');
    return collation instanceof Map ? collation : undefined;
  }

  get namespace(): string {
    return `${this.database}.${this.name}`;
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

  readRowsBack(before: number, limit: number): unknown[][] {
    return this.#rowsBack.all(before, limit);
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

  /**
   * Stores a new document.
   * @throws MongoError 11000, 171 or 10334 before anything is written
   */
  insert(document: Doc, bytes: Buffer): number {
    if (bytes.length > MAX_DOCUMENT)
      throw new MongoError(
        10334,
        `BSONObj size: ${bytes.length} is invalid. Size must be between 0 and ${MAX_DOCUMENT}`,
      );
    const id = checkId(document.get('_id'));
    const key = keyOf(id);
    if (this.#byKey.get(key)) throw duplicateKey(this.namespace, idIndex, [id]);
    const entries = this.indexes.map((index) => index.spec.entriesOf(document));
    for (const [at, index] of this.indexes.entries()) index.checkUnique(this.namespace, -1, entries[at] ?? noEntries);
    this.writes++;
    const { row } = this.#insert.run(key, bytes);
    for (const [at, index] of this.indexes.entries()) this.#addEntries(index, row, entries[at] ?? noEntries);
    return row;
  }

  /**
   * Puts a changed document in the place of another with the same `_id`.
   * @param paths the fields that may have changed; undefined for any
   * @throws MongoError 11000, 171 or 17419 before anything is written
   */
  replace(row: number, before: Doc, after: Doc, bytes: Buffer, paths?: readonly string[]): void {
    if (bytes.length > MAX_DOCUMENT) {
      throw mongoError('UpdateTooLarge', `Resulting document after update is larger than ${MAX_DOCUMENT}`);
    }
    const steps: { index: IndexTable; added: Entries; gone: readonly Buffer[] }[] = [];
    for (const index of this.indexes) {
      if (!index.spec.touchedBy(paths)) continue;
      const old = index.spec.entriesOf(before);
      const now = index.spec.entriesOf(after);
      if (sameKeys(old.keys, now.keys)) continue;
      index.checkUnique(this.namespace, row, now);
      const kept = new Set(now.keys.map((key) => key.toString('latin1')));
      steps.push({ index, added: now, gone: old.keys.filter((key) => !kept.has(key.toString('latin1'))) });
    }
    this.writes++;
    this.#update.run(bytes, row);
    for (const { index, added, gone } of steps) {
      index.remove(row, gone);
      this.#addEntries(index, row, added);
    }
  }

  /** Whether a change of these fields needs no more than the row itself to be written. */
  patchable(paths: readonly string[] | undefined): boolean {
    return this.options.size === 0 && !this.indexes.some((index) => index.spec.touchedBy(paths));
  }

  /** Writes a patchable row. */
  overwrite(row: number, bytes: Buffer): void {
    this.writes++;
    this.#update.run(bytes, row);
  }

  remove(row: number, document: Doc): void {
    this.writes++;
    for (const index of this.indexes) index.remove(row, index.spec.entriesOf(document).keys);
    this.#delete.run(row);
  }

  /** Fills an index that is being built from one stored document. */
  fill(index: IndexTable, row: number, document: Doc): void {
    const entries = index.spec.entriesOf(document);
    index.checkUnique(this.namespace, row, entries);
    index.add(row, entries.keys);
    index.multikey |= entries.multikey;
  }

  #addEntries(index: IndexTable, row: number, entries: Entries): void {
    index.add(row, entries.keys);
    if ((entries.multikey | index.multikey) !== index.multikey) {
      index.multikey |= entries.multikey;
      this.#saveMultikey(index);
    }
  }
}

const noEntries: Entries = { keys: [], values: [], multikey: 0 };

function sameKeys(left: readonly Buffer[], right: readonly Buffer[]): boolean {
  return left.length === right.length && left.every((key, at) => right[at] !== undefined && key.equals(right[at]));
}
