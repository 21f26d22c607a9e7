import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { DOCUMENTS, documentOf } from './data.ts';

const READS = 20_000;

function openBare(folder: string): DatabaseSync {
  const database = new DatabaseSync(join(folder, 'bare.db'));
  database.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;
    PRAGMA cache_size = -24576; PRAGMA wal_autocheckpoint = 4000;
    CREATE TABLE d(r INTEGER PRIMARY KEY, k BLOB NOT NULL UNIQUE, v BLOB NOT NULL)`);
  return database;
}

/** CPU of this thread for one round of the work, in microseconds. */
function cpuFor(rounds: number, work: (round: number) => void): number {
  const before = process.threadCpuUsage();
  for (let round = 0; round < rounds; round++) work(round);
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / rounds;
}

/** What SQLite alone costs for the same rows, settings and questions, in this thread: the floor below the engine. */
export function bareSqlite(folder: string): Readonly<Record<string, number>> {
  const database = openBare(folder);
  const rows = Array.from({ length: DOCUMENTS }, (_, number) => documentOf(number));
  const keys = rows.map(({ id }) => id.id);
  const insert = database.prepare('INSERT INTO d(k, v) VALUES (?, ?)');
  const batch = 1000;
  const inserting = cpuFor(DOCUMENTS / batch, (round) => {
    database.exec('BEGIN');
    for (const { id, bytes } of rows.slice(round * batch, (round + 1) * batch)) insert.run(id.id, bytes);
    database.exec('COMMIT');
  });
  const get = database.prepare('SELECT r, v FROM d WHERE k = ?');
  get.setReturnArrays(true);
  const keyOf = (round: number): Uint8Array => keys[(round * 7919) % 1000] ?? new Uint8Array();
  const reading = cpuFor(READS, (round) => void get.get(keyOf(round)));
  const update = database.prepare('UPDATE d SET v = ? WHERE r = ?');
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const updating = cpuFor(READS, (round) => {
    begin.run();
    // Rows are arrays after setReturnArrays(true); the types speak of objects.
    const [row, value] = get.get(keyOf(round)) as unknown as [number, Uint8Array];
    // Another value each time: SQLite does not write what stays the same.
    value[40] = round & 0x7f;
    update.run(value, row);
    commit.run();
  });
  const all = database.prepare('SELECT v FROM d');
  all.setReturnArrays(true);
  let read = 0;
  const scanning = cpuFor(1, () => {
    for (const [value] of all.iterate() as Iterable<unknown> as Iterable<[Uint8Array]>) read += value.length;
  });
  if (read < DOCUMENTS * 1000) throw new RangeError(`The documents have ${read} bytes.`);
  database.close();
  return {
    'bare SQLite: get, CPU µs': reading,
    'bare SQLite: read, write and commit, CPU µs': updating,
    'bare SQLite: insert in batches of 1,000, CPU µs': inserting / batch,
    'bare SQLite: read 100,000 rows, CPU ms': scanning / 1000,
  };
}
