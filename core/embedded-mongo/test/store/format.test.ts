import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { test } from 'node:test';
import { serialize } from 'bson';
import { decode } from '../../src/bson/decode.ts';
import { keyOf } from '../../src/bson/keys.ts';
import { int } from '../../src/bson/values.ts';
import { EngineError } from '../../src/index.ts';
import { Store } from '../../src/store/store.ts';
import { temporaryFolder } from '../support/server.ts';

/** A file as format 1 left it: `{_id: 1, a: 1, a: 2}` with a name twice, and an ordinary document. */
function writeFormat1(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`PRAGMA journal_mode = WAL;
    CREATE TABLE meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
    INSERT INTO meta(name, value) VALUES ('format', 1), ('clean', 1);
    CREATE TABLE collections(id INTEGER PRIMARY KEY AUTOINCREMENT, db TEXT NOT NULL, name TEXT NOT NULL,
      options BLOB NOT NULL, uuid BLOB NOT NULL, UNIQUE(db, name));
    CREATE TABLE indexes(id INTEGER PRIMARY KEY AUTOINCREMENT, collection INTEGER NOT NULL, spec BLOB NOT NULL,
      multikey INTEGER NOT NULL);
    CREATE TABLE d_1(r INTEGER PRIMARY KEY AUTOINCREMENT, k BLOB NOT NULL UNIQUE, v BLOB NOT NULL);`);
  database.prepare('INSERT INTO collections VALUES (1, ?, ?, ?, ?)').run('test', 'a', serialize({}), Buffer.alloc(16));
  const doubled = Buffer.from(serialize({ _id: 1, a: 1, b: 2 }));
  doubled[doubled.indexOf('b\0')] = 0x61;
  const insert = database.prepare('INSERT INTO d_1(k, v) VALUES (?, ?)');
  insert.run(keyOf(int(1)), doubled);
  insert.run(keyOf(int(2)), serialize({ _id: 2, a: 5 }));
  database.close();
}

test('a file of format 1 is brought to the newest format, with each name once in a document', (context) => {
  const file = join(temporaryFolder(context), 'old.db');
  writeFormat1(file);
  for (let start = 0; start < 2; start++) {
    const store = new Store(file, 'normal');
    const collection = store.catalog.find('test', 'a');
    const found = [1, 2].map((id) => collection?.table.findByKey(keyOf(int(id)))?.bytes ?? Buffer.alloc(0));
    assert.deepEqual(found, [Buffer.from(serialize({ _id: 1, a: 2 })), Buffer.from(serialize({ _id: 2, a: 5 }))]);
    assert.deepEqual([...decode(found[0] ?? Buffer.alloc(0)).keys()], ['_id', 'a']);
    store.close();
  }
});

test('a file of a newer format is refused and left as it is', (context) => {
  const file = join(temporaryFolder(context), 'new.db');
  new Store(file, 'normal').close();
  const database = new DatabaseSync(file);
  database.exec("UPDATE meta SET value = 99 WHERE name = 'format'");
  database.close();
  assert.throws(
    () => new Store(file, 'normal'),
    (error) => error instanceof EngineError && error.code === 'EMBEDDED_MONGO_FORMAT',
  );
  const after = new DatabaseSync(file, { readOnly: true });
  assert.equal(after.prepare("SELECT value FROM meta WHERE name = 'format'").get()?.['value'], 99);
  after.close();
});
