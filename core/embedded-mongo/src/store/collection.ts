import { MongoError, mongoError } from '../errors.ts';
import { keyOf } from '../bson/keys.ts';
import { Regex, int, undefinedValue } from '../bson/values.ts';
import type { Binary, Doc, Value } from '../bson/values.ts';
import { duplicateKey } from './duplicate-key.ts';
import { DocumentTable } from './document-table.ts';
import type { Entries } from './index-spec.ts';
import type { IndexTable } from './index-table.ts';
import type { DatabaseSync } from './sqlite.ts';

/** The largest document. */
export const MAX_DOCUMENT: number = 16 * 1024 * 1024;

const idIndex = { name: '_id_', key: new Map<string, Value>([['_id', int(1)]]) };

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
  /** Its documents on disk. */
  readonly table: DocumentTable;
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
    this.table = new DocumentTable(sqlite, id);
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
    if (this.table.findByKey(key)) throw duplicateKey(this.namespace, idIndex, [id]);
    const entries = this.indexes.map((index) => index.spec.entriesOf(document));
    for (const [at, index] of this.indexes.entries()) index.checkUnique(this.namespace, -1, entries[at] ?? noEntries);
    this.writes++;
    const row = this.table.insert(key, bytes);
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
    this.table.update(row, bytes);
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
    this.table.update(row, bytes);
  }

  remove(row: number, document: Doc): void {
    this.writes++;
    for (const index of this.indexes) index.remove(row, index.spec.entriesOf(document).keys);
    this.table.delete(row);
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
