import { Script, createContext } from 'node:vm';
import { MongoError } from '../errors.ts';
import { growthOf } from './regex-cost.ts';

/** Steps that a match may take at its worst before somebody watches it: some tens of milliseconds. */
const UNWATCHED = 2e7;
/** How long one watched match may take, in milliseconds. */
const LONGEST = 500;
/** A watched match that takes longer counts as slow; all slow ones of one expression together may take so long. */
const SLOW = 20;
const SLOW_TOTAL = 2000;

const box = createContext({ run: () => undefined }) as { run: () => unknown };
const script = new Script('run()');

function tooCostly(): Error {
  return new MongoError(
    51156,
    'Error occurred while executing the regular expression. Result code: match limit exceeded',
  );
}

/** The error comes from the script's own realm, where it is no instance of our Error. */
function isTimeout(error: unknown): boolean {
  return (
    typeof error === 'object' && error !== null && 'code' in error && error.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT'
  );
}

function factorial(number: number): number {
  return number < 2 ? 1 : number * factorial(number - 1);
}

/** A regular expression that cannot hold the thread: where it might back-track for long, it is cut off. */
export class BoundedRegex {
  readonly #regex: RegExp;
  readonly #degree: number;
  readonly #divisor: number;
  #all: RegExp | undefined;
  #slow = 0;

  constructor(regex: RegExp) {
    this.#regex = regex;
    this.#degree = growthOf(regex.source).degree;
    this.#divisor = factorial(Math.min(this.#degree, 20));
  }

  #watches(length: number): boolean {
    return this.#degree > 1 && (this.#degree === Infinity || length ** this.#degree / this.#divisor > UNWATCHED);
  }

  #watched<T>(run: () => T): T {
    if (this.#slow > SLOW_TOTAL) throw tooCostly();
    const began = performance.now();
    box.run = run;
    try {
      // The script's value is what `run` gives.
      return script.runInContext(box, { timeout: LONGEST }) as T;
    } catch (error) {
      if (isTimeout(error)) throw tooCostly();
      throw error;
    } finally {
      const took = performance.now() - began;
      if (took > SLOW) this.#slow += took;
    }
  }

  /** @throws MongoError 51156 when it takes too long */
  test(text: string): boolean {
    return this.#watches(text.length) ? this.#watched(() => this.#regex.test(text)) : this.#regex.test(text);
  }

  /** Every match, or the first. @throws MongoError 51156 when it takes too long */
  find(text: string, first: boolean): RegExpExecArray[] {
    const all = (this.#all ??= new RegExp(this.#regex.source, `${this.#regex.flags}g`));
    const run = (): RegExpExecArray[] => {
      if (!first) return [...text.matchAll(all)];
      const found = this.#regex.exec(text);
      return found ? [found] : [];
    };
    return this.#watches(text.length) ? this.#watched(run) : run();
  }
}
