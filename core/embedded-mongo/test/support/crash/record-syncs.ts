import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { DatabaseSync, StatementSync } from 'node:sqlite';

/*
 * Loaded in front of the engine (`--import`): keeps a copy of the write-ahead log as it was when it was last synced, which
 * is what a power cut leaves of it. It is synced by the engine's own fdatasync, by SQLite at every commit when
 * `synchronous` is FULL, and by SQLite before each checkpoint, which is when the database's own file changes.
 */

const FULL = 2;

function keep(wal: string): void {
  fs.copyFileSync(wal, `${wal}.part`);
  fs.renameSync(`${wal}.part`, `${wal}.synced`);
}

const { fdatasync } = fs;

/** The engine syncs only this way, and only the log. */
function syncAndKeep(descriptor: number, done: fs.NoParamCallback): void {
  const wal = fs.readlinkSync(`/proc/self/fd/${descriptor}`);
  // What is written while the disk is busy may miss it.
  keep(wal);
  fdatasync(descriptor, done);
}
fs.fdatasync = Object.assign(syncAndKeep, { __promisify__: fdatasync.__promisify__ });
syncBuiltinESMExports();

const databases = new WeakMap<StatementSync, DatabaseSync>();
const lastChange = new WeakMap<DatabaseSync, number>();

function committed(database: DatabaseSync): void {
  const file = database.location();
  // The lock has no log.
  if (file === null || !fs.existsSync(`${file}-wal`)) return;
  const { mtimeMs } = fs.statSync(file);
  const checkpointed = mtimeMs !== lastChange.get(database);
  lastChange.set(database, mtimeMs);
  const synchronous = database.prepare('PRAGMA synchronous').get()?.['synchronous'];
  if (checkpointed || synchronous === FULL) keep(`${file}-wal`);
}

/* eslint-disable @typescript-eslint/unbound-method -- they are called on the object that they were asked of. */
const { prepare, exec } = DatabaseSync.prototype;
const { run } = StatementSync.prototype;
/* eslint-enable @typescript-eslint/unbound-method */

DatabaseSync.prototype.prepare = function (...values): StatementSync {
  const statement = prepare.apply(this, values);
  databases.set(statement, this);
  return statement;
};
DatabaseSync.prototype.exec = function (sql): void {
  exec.call(this, sql);
  if (sql === 'COMMIT') committed(this);
};
// By its descriptor, because a function cannot be typed as all of its overloads.
Object.defineProperty(StatementSync.prototype, 'run', {
  value(this: StatementSync, ...values: unknown[]): unknown {
    const result: unknown = Reflect.apply(run, this, values);
    const database = databases.get(this);
    if (database && this.sourceSQL === 'COMMIT') committed(database);
    return result;
  },
});
