import { close, fdatasync, open } from 'node:fs';

/** How long a commit may wait for the disk, in milliseconds. */
const INTERVAL = 100;

interface Waiter {
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

/**
 * Flushes SQLite's write-ahead log to the disk every 100 ms while there is something to flush, in the background.
 * The -wal file is the one file of the database that a process may open a second time.
 */
export class Journal {
  readonly #path: string;
  #descriptor: number | undefined;
  #timer: NodeJS.Timeout | undefined;
  #running = false;
  #dirty = false;
  #closed = false;
  #waiting: Waiter[] = [];
  #failed: Error | undefined;

  constructor(walPath: string) {
    this.#path = walPath;
  }

  /** Says that something was committed. */
  touch(): void {
    if (this.#closed) return;
    this.#dirty = true;
    if (!this.#timer && !this.#running) this.#timer = setTimeout(() => this.#flush(), INTERVAL).unref();
  }

  /** Resolves when a flush that began after this call has ended. */
  synced(): Promise<void> {
    if (this.#closed) return Promise.resolve();
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#dirty = true;
      if (!this.#running) {
        clearTimeout(this.#timer);
        // The commits of this turn share the flush.
        this.#timer = setTimeout(() => this.#flush(), 0);
      }
    });
  }

  #flush(): void {
    this.#timer = undefined;
    if (this.#closed || this.#running || !this.#dirty) return;
    this.#running = true;
    this.#dirty = false;
    const waiters = this.#waiting;
    this.#waiting = [];
    this.#withDescriptor((failure, descriptor) => {
      if (failure) {
        this.#flushed(waiters, failure);
        return;
      }
      fdatasync(descriptor, (error) => this.#flushed(waiters, error ?? undefined));
    });
  }

  #withDescriptor(use: (error: Error | undefined, descriptor: number) => void): void {
    if (this.#descriptor !== undefined) {
      use(undefined, this.#descriptor);
      return;
    }
    open(this.#path, 'r+', (error, descriptor) => {
      if (error) {
        use(error, -1);
        return;
      }
      this.#descriptor = descriptor;
      use(undefined, descriptor);
    });
  }

  #flushed(waiters: readonly Waiter[], error: Error | undefined): void {
    this.#running = false;
    this.#failed = error;
    for (const waiter of waiters) {
      if (error) waiter.reject(error);
      else waiter.resolve();
    }
    if (this.#closed) {
      this.#release();
      return;
    }
    if (this.#waiting.length > 0) this.#flush();
    else if (this.#dirty) this.#timer = setTimeout(() => this.#flush(), INTERVAL).unref();
  }

  /** The last flush's error, if it failed. */
  get failure(): Error | undefined {
    return this.#failed;
  }

  #release(): void {
    if (this.#descriptor !== undefined) close(this.#descriptor);
    this.#descriptor = undefined;
  }

  /** Stops flushing; SQLite's own checkpoint follows. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const waiter of this.#waiting) waiter.resolve();
    this.#waiting = [];
    if (!this.#running) this.#release();
  }
}
