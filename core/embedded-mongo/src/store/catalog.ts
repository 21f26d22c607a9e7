import { randomUUID } from 'node:crypto';
import { mongoError } from '../errors.ts';
import { decode } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { Binary } from '../bson/values.ts';
import type { Doc } from '../bson/values.ts';
import { PAUSE, Turn } from '../pause.ts';
import { Collection } from './collection.ts';
import { readSpec } from './index-spec.ts';
import type { IndexSpec } from './index-spec.ts';
import { IndexTable } from './index-table.ts';
import { Statement, bytesOf } from './sqlite.ts';
import type { DatabaseSync } from './sqlite.ts';

const INDEX_BUILD_CHUNK = 100;

/** Knows the collections and indexes, in memory and on disk. */
export class Catalog {
  readonly #sqlite: DatabaseSync;
  #collections = new Map<string, Collection>();
  #touched = false;

  constructor(sqlite: DatabaseSync) {
    this.#sqlite = sqlite;
    sqlite.exec(`
      CREATE TABLE IF NOT EXISTS collections(id INTEGER PRIMARY KEY AUTOINCREMENT, db TEXT NOT NULL, name TEXT NOT NULL,
        options BLOB NOT NULL, uuid BLOB NOT NULL, UNIQUE(db, name));
      CREATE TABLE IF NOT EXISTS indexes(id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL,
        spec BLOB NOT NULL, multikey INTEGER NOT NULL);`);
    this.#load();
  }

  #load(): void {
    for (const collection of this.#collections.values()) collection.dropped = true;
    this.#collections = new Map();
    const byId = new Map<number, Collection>();
    for (const [id, db, name, options, uuid] of new Statement(
      this.#sqlite,
      'SELECT id, db, name, options, uuid FROM collections ORDER BY id',
    ).all()) {
      const collection = this.#open(
        id as number,
        db as string,
        name as string,
        decode(bytesOf(options)),
        bytesOf(uuid),
      );
      byId.set(collection.id, collection);
    }
    for (const [id, collection, spec, multikey] of new Statement(
      this.#sqlite,
      'SELECT id, collection, spec, multikey FROM indexes ORDER BY id',
    ).all()) {
      const owner = byId.get(collection as number);
      owner?.indexes.push(
        new IndexTable(this.#sqlite, id as number, owner.id, readSpec(bytesOf(spec)), multikey as number),
      );
    }
  }

  #open(id: number, database: string, name: string, options: Doc, uuid: Buffer): Collection {
    const collection = new Collection(this.#sqlite, id, database, name, options, new Binary(4, uuid), (index) => {
      this.#touched = true;
      new Statement(this.#sqlite, 'UPDATE indexes SET multikey = ? WHERE id = ?').run(index.multikey, index.id);
    });
    this.#collections.set(collection.namespace, collection);
    return collection;
  }

  /** After a roll-back: what was changed in memory is read again. */
  rolledBack(): void {
    if (this.#touched) this.#load();
    this.#touched = false;
  }

  committed(): void {
    this.#touched = false;
  }

  find(database: string, name: string): Collection | undefined {
    return this.#collections.get(`${database}.${name}`);
  }

  list(database?: string): Collection[] {
    const all = [...this.#collections.values()];
    return database === undefined ? all : all.filter((collection) => collection.database === database);
  }

  databases(): string[] {
    return [...new Set(this.list().map((collection) => collection.database))].sort();
  }

  /** The collection, made when it is missing. */
  ensure(database: string, name: string): Collection {
    return this.find(database, name) ?? this.create(database, name, new Map());
  }

  /** @throws MongoError 73 for a name that MongoDB refuses */
  create(database: string, name: string, options: Doc): Collection {
    checkNames(database, name);
    this.#touched = true;
    const uuid = Buffer.from(randomUUID().replaceAll('-', ''), 'hex');
    const { row } = new Statement(
      this.#sqlite,
      'INSERT INTO collections(db, name, options, uuid) VALUES (?, ?, ?, ?)',
    ).run(database, name, encode(options), uuid);
    this.#sqlite.exec(
      `CREATE TABLE d_${row}(r INTEGER PRIMARY KEY AUTOINCREMENT, k BLOB NOT NULL UNIQUE, v BLOB NOT NULL)`,
    );
    return this.#open(row, database, name, options, uuid);
  }

  /** Changes a validator or a view's pipeline. */
  changeOptions(collection: Collection, options: Doc): void {
    this.#touched = true;
    new Statement(this.#sqlite, 'UPDATE collections SET options = ? WHERE id = ?').run(encode(options), collection.id);
    collection.options = options;
  }

  drop(collection: Collection): void {
    this.#touched = true;
    for (const index of collection.indexes) this.#sqlite.exec(`DROP TABLE x_${index.id}`);
    new Statement(this.#sqlite, 'DELETE FROM indexes WHERE collection = ?').run(collection.id);
    new Statement(this.#sqlite, 'DELETE FROM collections WHERE id = ?').run(collection.id);
    this.#sqlite.exec(`DROP TABLE d_${collection.id}`);
    collection.dropped = true;
    this.#collections.delete(collection.namespace);
  }

  rename(collection: Collection, database: string, name: string): void {
    checkNames(database, name);
    this.#touched = true;
    new Statement(this.#sqlite, 'UPDATE collections SET db = ?, name = ? WHERE id = ?').run(
      database,
      name,
      collection.id,
    );
    this.#load();
  }

  /**
   * Makes an index over the documents that are there. Nobody sees it before addIndexes.
   * @throws MongoError 11000 or 171; the caller rolls back
   */
  *buildIndex(collection: Collection, spec: IndexSpec): Generator<typeof PAUSE, IndexTable> {
    const { row } = new Statement(this.#sqlite, 'INSERT INTO indexes(collection, spec, multikey) VALUES (?, ?, 0)').run(
      collection.id,
      encode(spec.document),
    );
    this.#sqlite.exec(`CREATE TABLE x_${row}(k BLOB NOT NULL, r INTEGER NOT NULL, PRIMARY KEY(k, r)) WITHOUT ROWID`);
    const index = new IndexTable(this.#sqlite, row, collection.id, spec, 0);
    const turn = new Turn();
    let after = 0;
    for (;;) {
      const rows = collection.table.readRows(after, INDEX_BUILD_CHUNK);
      for (const [number, bytes] of rows) {
        after = number as number;
        collection.fill(index, after, decode(bytesOf(bytes)));
      }
      if (rows.length < INDEX_BUILD_CHUNK) break;
      if (turn.over()) yield PAUSE;
    }
    if (index.multikey !== 0)
      new Statement(this.#sqlite, 'UPDATE indexes SET multikey = ? WHERE id = ?').run(index.multikey, row);
    return index;
  }

  /** Puts indexes that are built to use, in the unit of writes that built them. */
  addIndexes(collection: Collection, indexes: readonly IndexTable[]): void {
    this.#touched = true;
    collection.indexes = [...collection.indexes, ...indexes];
  }

  /** Makes an index over a collection that has no documents yet. */
  createIndex(collection: Collection, spec: IndexSpec): void {
    const build = this.buildIndex(collection, spec);
    let step = build.next();
    while (step.done !== true) step = build.next();
    this.addIndexes(collection, [step.value]);
  }

  dropIndex(collection: Collection, index: IndexTable): void {
    this.#touched = true;
    new Statement(this.#sqlite, 'DELETE FROM indexes WHERE id = ?').run(index.id);
    this.#sqlite.exec(`DROP TABLE x_${index.id}`);
    collection.indexes = collection.indexes.filter((one) => one !== index);
  }

  /** Changes what an index says about itself, such as its expiry; its entries stay. */
  changeIndex(collection: Collection, index: IndexTable, spec: IndexSpec): void {
    this.#touched = true;
    new Statement(this.#sqlite, 'UPDATE indexes SET spec = ? WHERE id = ?').run(encode(spec.document), index.id);
    const changed = new IndexTable(this.#sqlite, index.id, collection.id, spec, index.multikey);
    collection.indexes = collection.indexes.map((one) => (one === index ? changed : one));
  }
}

function checkNames(database: string, name: string): void {
  const namespace = `${database}.${name}`;
  if (database === '' || /[/\\. "$\0]/.test(database) || Buffer.byteLength(database) > 63) {
    throw mongoError('InvalidNamespace', `Invalid database name: '${database}'`);
  }
  if (
    name === '' ||
    name.startsWith('.') ||
    name.includes('$') ||
    name.includes('\0') ||
    Buffer.byteLength(namespace) > 255
  ) {
    throw mongoError('InvalidNamespace', `Invalid namespace specified '${namespace}'`);
  }
}
