import { decodeStored } from '../bson/decode.ts';
import { EngineError } from '../engine-error.ts';
import { Statement, bytesOf } from './sqlite.ts';
import type { DatabaseSync } from './sqlite.ts';

/** The number of the on-disk layout that this code writes. */
export const FORMAT = 2;

const CHUNK = 200;

/** Each step brings a file of its number to the next; all run in one transaction. */
const steps: ReadonlyMap<number, (sqlite: DatabaseSync) => void> = new Map([[1, storeNamesOnce]]);

/** Format 1 kept documents as they came, in which a name could come twice. */
function storeNamesOnce(sqlite: DatabaseSync): void {
  const collections = new Statement(sqlite, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name GLOB 'd_*'");
  for (const [table] of collections.all()) {
    const read = new Statement(sqlite, `SELECT r, v FROM ${String(table)} WHERE r > ? ORDER BY r LIMIT ${CHUNK}`);
    const write = new Statement(sqlite, `UPDATE ${String(table)} SET v = ? WHERE r = ?`);
    for (let after = 0, more = true; more;) {
      const rows = read.all(after);
      for (const [row, value] of rows) {
        after = row as number;
        const stored = bytesOf(value);
        const { bytes } = decodeStored(stored);
        if (bytes !== stored) write.run(bytes, after);
      }
      more = rows.length === CHUNK;
    }
  }
}

/**
 * Brings a file of an older layout to this one.
 * @param found the number in the file; undefined for a new one
 * @throws EngineError EMBEDDED_MONGO_FORMAT for a newer layout
 */
export function upgradeFormat(sqlite: DatabaseSync, file: string, found: number | undefined): void {
  if (found !== undefined && found > FORMAT) {
    throw new EngineError(
      'EMBEDDED_MONGO_FORMAT',
      `${file} has format ${found}; this version reads up to ${FORMAT}. Use a newer version.`,
    );
  }
  if (found === FORMAT) return;
  sqlite.exec('BEGIN IMMEDIATE');
  try {
    for (let format = found ?? FORMAT; format < FORMAT; format++) steps.get(format)?.(sqlite);
    new Statement(sqlite, "INSERT OR REPLACE INTO meta(name, value) VALUES ('format', ?)").run(FORMAT);
    sqlite.exec('COMMIT');
  } catch (error) {
    sqlite.exec('ROLLBACK');
    throw error;
  }
}
