import { DatabaseSync } from 'node:sqlite';
import type { SQLInputValue, StatementSync } from 'node:sqlite';
import { mongoError } from '../errors.ts';

/** The largest key byte string: above every key. */
export const LAST_KEY: Buffer = Buffer.from([0xff]);

/** A prepared statement whose rows come as arrays. */
export class Statement {
  readonly #statement: StatementSync;

  constructor(database: DatabaseSync, sql: string) {
    this.#statement = database.prepare(sql);
    this.#statement.setReturnArrays(true);
  }

  get(...values: SQLInputValue[]): unknown[] | undefined {
    // Rows are arrays after setReturnArrays(true); the types speak of objects.
    return this.#statement.get(...values) as unknown[] | undefined;
  }

  all(...values: SQLInputValue[]): unknown[][] {
    return this.#statement.all(...values) as unknown as unknown[][];
  }

  run(...values: SQLInputValue[]): { changes: number; row: number } {
    const result = this.#statement.run(...values);
    return { changes: Number(result.changes), row: Number(result.lastInsertRowid) };
  }
}

/** A column that holds bytes. */
export function bytesOf(column: unknown): Buffer<ArrayBuffer> {
  const bytes = column as Uint8Array<ArrayBuffer>;
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/**
 * Gives the memory of a column back at once; nothing may look at its bytes again. Left to the garbage collector, the
 * blocks of a scan would pile up to tens of megabytes, and collecting them costs a fifth of the scan.
 */
export function release(column: Buffer<ArrayBuffer>): void {
  column.buffer.transfer(0);
}

interface SqliteError extends Error {
  readonly errcode: number;
}

function isSqliteError(error: unknown): error is SqliteError {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number';
}

const SQLITE_IOERR = 10;
const SQLITE_FULL = 13;

/** A full disk and I/O errors in MongoDB's words; everything else as it is. */
export function translateSqlite(error: unknown): unknown {
  if (!isSqliteError(error)) return error;
  const primary = error.errcode & 0xff;
  if (primary === SQLITE_FULL || primary === SQLITE_IOERR) {
    return mongoError('OutOfDiskSpace', `Not enough disk space or an I/O error: ${error.message}`);
  }
  return error;
}

/** Whether SQLite says that another connection holds a lock. */
export function isBusy(error: unknown): boolean {
  return isSqliteError(error) && (error.errcode & 0xff) === 5;
}

export function openSqlite(path: string, options: { readonly readOnly?: boolean } = {}): DatabaseSync {
  return new DatabaseSync(path, { readOnly: options.readOnly ?? false, timeout: 0 });
}

export type { DatabaseSync };
