import { backup } from 'node:sqlite';
import { EngineError } from '../engine-error.ts';
import { MongoError, mongoError } from '../errors.ts';
import { nextTurn } from '../pause.ts';
import type { PAUSE } from '../pause.ts';
import { Catalog } from './catalog.ts';
import { Journal } from './journal.ts';
import { upgradeFormat } from './format.ts';
import { takeLock } from './lock.ts';
import type { Lock } from './lock.ts';
import { refuseNetwork } from './network.ts';
import { Statement, openSqlite, translateSqlite } from './sqlite.ts';
import type { DatabaseSync } from './sqlite.ts';

/** `normal`: at most the last 100 ms can go with the power. `full`: nothing that was acknowledged. */
export type Durability = 'normal' | 'full';

/** The database file: one connection that writes, its catalog, its durability. */
export class Store {
  readonly durability: Durability;
  readonly catalog: Catalog;
  readonly journal: Journal;
  readonly #sqlite: DatabaseSync;
  readonly #lock: Lock;
  readonly #begin: Statement;
  readonly #commit: Statement;
  #open = false;
  #closed = false;
  #held: Promise<void> | undefined;
  #flush: Promise<void> | undefined;

  /** @throws EngineError when the file is locked, on a network, of another format or broken */
  constructor(file: string, durability: Durability) {
    refuseNetwork(file);
    this.durability = durability;
    this.#lock = takeLock(file);
    try {
      this.#sqlite = openSqlite(file);
    } catch (error) {
      this.#lock.release();
      throw error;
    }
    try {
      this.#prepare(file);
      this.catalog = new Catalog(this.#sqlite);
    } catch (error) {
      this.#sqlite.close();
      this.#lock.release();
      throw error;
    }
    this.#begin = new Statement(this.#sqlite, 'BEGIN IMMEDIATE');
    this.#commit = new Statement(this.#sqlite, 'COMMIT');
    this.journal = new Journal(`${file}-wal`);
  }

  #prepare(file: string): void {
    const sqlite = this.#sqlite;
    sqlite.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = ${this.durability === 'full' ? 'FULL' : 'NORMAL'};
      PRAGMA cache_size = -24576; PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY;
      PRAGMA foreign_keys = OFF;`);
    sqlite.exec('CREATE TABLE IF NOT EXISTS meta(name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID');
    if (this.#meta('clean') === 0) {
      const answer = sqlite.prepare('PRAGMA quick_check(5)').all();
      const first = answer[0]?.['quick_check'];
      if (first !== 'ok')
        throw new EngineError('EMBEDDED_MONGO_CORRUPT', `${file} is damaged: ${String(first)}. Restore a backup.`);
    }
    upgradeFormat(sqlite, file, this.#meta('format'));
    this.#setMeta('clean', 0);
  }

  #meta(name: string): number | undefined {
    return new Statement(this.#sqlite, 'SELECT value FROM meta WHERE name = ?').get(name)?.[0] as number | undefined;
  }

  #setMeta(name: string, value: number): void {
    new Statement(this.#sqlite, 'INSERT OR REPLACE INTO meta(name, value) VALUES (?, ?)').run(name, value);
  }

  /**
   * Runs a command's writes as one unit: all of them or, when it throws, none.
   * @throws MongoError 14031 when the disk is full
   */
  write<T>(work: () => T): T {
    if (this.#held) throw new Error('a write began in the middle of another');
    if (this.#closed) throw mongoError('InterruptedAtShutdown', 'the engine is closing');
    return this.durability === 'full' ? this.#writeGrouped(work) : this.#writeAlone(work);
  }

  /** Resolves when a unit of writes that others have to wait for is through; undefined when there is none. */
  get held(): Promise<void> | undefined {
    return this.#held;
  }

  /**
   * Runs writes as one unit that lets reads through at its pauses. Other writes have to wait for `held`.
   * @throws MongoError 14031 when the disk is full, 11600 when the store was closed in the middle
   */
  writeSlowly<T>(work: Generator<typeof PAUSE, T>): T | Promise<T> {
    if (this.#held) throw new Error('a write began in the middle of another');
    this.#commitOthers();
    try {
      this.#begin.run();
      const first = work.next();
      if (first.done === true) return this.#commitSlow(first.value);
    } catch (error) {
      this.#rollBack();
      throw translateSqlite(error);
    }
    const rest = this.#goOn(work);
    const through = (): void => undefined;
    this.#held = rest.then(through, through);
    return rest;
  }

  /** What others wrote in this turn is a unit of its own, and its failure theirs. */
  #commitOthers(): void {
    if (!this.#open) return;
    try {
      this.#commitGroup();
    } catch (error) {
      this.#groupError = error instanceof Error ? error : new Error('the commit failed', { cause: error });
    }
  }

  async #goOn<T>(work: Generator<typeof PAUSE, T>): Promise<T> {
    try {
      for (;;) {
        await nextTurn();
        if (this.#closed) throw mongoError('InterruptedAtShutdown', 'the engine is closing');
        const step = work.next();
        if (step.done === true) return this.#commitSlow(step.value);
      }
    } catch (error) {
      if (!this.#closed) this.#rollBack();
      throw translateSqlite(error);
    } finally {
      this.#held = undefined;
    }
  }

  #commitSlow<T>(result: T): T {
    this.#commit.run();
    this.catalog.committed();
    if (this.durability === 'normal') this.journal.touch();
    return result;
  }

  #writeAlone<T>(work: () => T): T {
    try {
      this.#begin.run();
      const result = work();
      this.#commit.run();
      this.catalog.committed();
      this.journal.touch();
      return result;
    } catch (error) {
      this.#rollBack();
      throw translateSqlite(error);
    }
  }

  #writeGrouped<T>(work: () => T): T {
    try {
      if (!this.#open) this.#sqlite.exec('BEGIN IMMEDIATE');
      this.#open = true;
      this.#sqlite.exec('SAVEPOINT command');
      const result = work();
      this.#sqlite.exec('RELEASE command');
      return result;
    } catch (error) {
      if (error instanceof MongoError && this.#sqlite.isTransaction) {
        this.#sqlite.exec('ROLLBACK TO command; RELEASE command');
        this.catalog.rolledBack();
      } else this.#failGroup(translateSqlite(error));
      throw translateSqlite(error);
    }
  }

  #groupError: Error | undefined;

  #failGroup(error: unknown): void {
    this.#groupError = error instanceof Error ? error : new Error('the transaction failed', { cause: error });
    this.#open = false;
    this.#rollBack();
  }

  /**
   * Resolves when what was written in this turn is committed; undefined when nothing is open.
   * The commands of one turn share one commit, and so one wait for the disk.
   */
  settled(): Promise<void> | undefined {
    if (this.durability !== 'full' || (!this.#open && !this.#flush)) return undefined;
    this.#flush ??= new Promise((resolve, reject) => {
      setImmediate(() => {
        this.#flush = undefined;
        try {
          this.#commitGroup();
          resolve();
        } catch (error) {
          reject(error instanceof Error ? error : new Error('the commit failed', { cause: error }));
        }
      });
    });
    return this.#flush;
  }

  #commitGroup(): void {
    const failed = this.#groupError;
    this.#groupError = undefined;
    if (failed !== undefined) throw failed;
    if (!this.#open) return;
    this.#open = false;
    try {
      this.#sqlite.exec('COMMIT');
      this.catalog.committed();
    } catch (error) {
      this.#rollBack();
      throw translateSqlite(error);
    }
  }

  #rollBack(): void {
    if (this.#sqlite.isTransaction) this.#sqlite.exec('ROLLBACK');
    this.catalog.rolledBack();
  }

  /** Copies the whole database into a new file while it is in use. */
  async backup(path: string): Promise<void> {
    await backup(this.#sqlite, path);
    const copy = openSqlite(path);
    copy.exec("PRAGMA journal_mode = DELETE; INSERT OR REPLACE INTO meta(name, value) VALUES ('clean', 1)");
    copy.close();
  }

  /** Bytes of the database file that are in use. */
  size(): number {
    const pages = Number(new Statement(this.#sqlite, 'PRAGMA page_count').get()?.[0] ?? 0);
    return pages * Number(new Statement(this.#sqlite, 'PRAGMA page_size').get()?.[0] ?? 0);
  }

  /** Checkpoints and closes; no lock and no -wal file stay. */
  close(): void {
    this.#closed = true;
    if (this.#held) this.#rollBack();
    if (this.#open) this.#commitGroup();
    this.journal.close();
    try {
      this.#setMeta('clean', 1);
      this.#sqlite.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // On a full disk the log stays, and the next start checks the file and reads it from there.
    } finally {
      this.#sqlite.close();
      this.#lock.release();
    }
  }
}
