import { MongoError, mongoError } from '../errors.ts';
import { compare } from '../bson/compare.ts';
import type { StringCompare } from '../bson/compare.ts';
import { isNumber } from '../bson/exact.ts';
import { ParallelArrays, extractTuples } from '../bson/index-walk.ts';
import { compoundKey } from '../bson/keys.ts';
import { toNumber } from '../bson/numbers.ts';
import type { Doc, Value } from '../bson/values.ts';
import { createRawSortKey } from './raw-sort-key.ts';
import { splitPath } from '../bson/path.ts';
import type { SortField } from './sort-field.ts';

/** A checked sort. */
export interface Sort {
  readonly fields: readonly SortField[];
  /** 1 or -1 when the sort is by `$natural`. */
  readonly natural: number | undefined;
}

/** @throws MongoError 15975 and others for a direction that is neither 1 nor -1 */
export function parseSort(value: Value | undefined): Sort {
  if (value === undefined) return { fields: [], natural: undefined };
  if (!(value instanceof Map)) throw mongoError('TypeMismatch', 'Expected field sort to be of type object');
  const fields: SortField[] = [];
  let natural: number | undefined;
  for (const [path, direction] of value) {
    if (!isNumber(direction)) {
      if (direction instanceof Map && direction.has('$meta'))
        throw mongoError('BadValue', '$meta sort is not supported');
      throw new MongoError(15974, `Illegal key in $sort specification: ${path}`);
    }
    const number = toNumber(direction);
    if (number !== 1 && number !== -1)
      throw new MongoError(15975, '$sort key ordering must be 1 (for ascending) or -1 (for descending)');
    if (path === '$natural') {
      natural = number;
      continue;
    }
    if (path === '' || splitPath(path).includes(''))
      throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
    if (path.startsWith('$')) throw new MongoError(16410, `FieldPath field names may not start with '$'.`);
    fields.push({ path, parts: splitPath(path), descending: number < 0 });
  }
  if (natural !== undefined && fields.length > 0)
    throw mongoError('BadValue', '$natural sort cannot be set to a value other than -1 or 1.');
  return { fields, natural };
}

/** Makes the sort key of a document: of arrays the least element, or the greatest when descending. */
export function createSortKey(fields: readonly SortField[]): (document: Doc) => Buffer {
  const paths = fields.map((field) => field.parts);
  const descending = fields.map((field) => field.descending);
  return (document) => {
    let least: Buffer | undefined;
    for (const tuple of tuplesOf(document, paths)) {
      const key = compoundKey(
        tuple.map((value) => value ?? null),
        descending,
      );
      if (!least || Buffer.compare(key, least) < 0) least = key;
    }
    return least ?? Buffer.alloc(0);
  };
}

function tuplesOf(document: Doc, paths: readonly (readonly string[])[]): (Value | undefined)[][] {
  try {
    return extractTuples(document, paths).tuples;
  } catch (error) {
    if (error instanceof ParallelArrays) throw mongoError('BadValue', 'cannot sort with keys that are parallel arrays');
    throw error;
  }
}

type Tuple = readonly (Value | undefined)[];

function compareTuples(left: Tuple, right: Tuple, fields: readonly SortField[], text: StringCompare): number {
  for (const [at, field] of fields.entries()) {
    const result = compare(left[at] ?? null, right[at] ?? null, text);
    if (result !== 0) return field.descending ? -result : result;
  }
  return 0;
}

interface Keyed<T> {
  readonly item: T;
  readonly key: Buffer | Tuple;
  readonly order: number;
}

/**
 * Collects items and hands them out sorted. With a limit it keeps no more than about twice as many.
 */
export class Sorter<T> {
  #items: Keyed<T>[] = [];
  #count = 0;
  readonly #fields: readonly SortField[];
  readonly #text: StringCompare | undefined;
  readonly #most: number;
  readonly #keyOf: (document: Doc) => Buffer;
  readonly #rawKeyOf: (bytes: Buffer) => Buffer | undefined;

  constructor(fields: readonly SortField[], text: StringCompare | undefined, limit: number) {
    this.#fields = fields;
    this.#text = text;
    this.#most = limit;
    this.#keyOf = createSortKey(fields);
    this.#rawKeyOf = createRawSortKey(fields);
  }

  add(document: Doc, item: T): void {
    this.#push(this.#text ? this.#tuple(document, this.#text) : this.#keyOf(document), item);
  }

  /** The same for raw BSON, which is decoded only when its key takes more than a look at the bytes. */
  addBytes(bytes: Buffer, document: () => Doc, item: T): void {
    const key = this.#text ? undefined : this.#rawKeyOf(bytes);
    if (key) this.#push(key, item);
    else this.add(document(), item);
  }

  #push(key: Buffer | Tuple, item: T): void {
    this.#items.push({ item, key, order: this.#count++ });
    if (this.#items.length > this.#most * 2 + 1000) this.#cut();
  }

  #tuple(document: Doc, text: StringCompare): Tuple {
    let least: Tuple | undefined;
    for (const tuple of tuplesOf(
      document,
      this.#fields.map((field) => field.parts),
    )) {
      if (!least || compareTuples(tuple, least, this.#fields, text) < 0) least = tuple;
    }
    return least ?? [];
  }

  #compare(left: Keyed<T>, right: Keyed<T>): number {
    const result =
      Buffer.isBuffer(left.key) && Buffer.isBuffer(right.key)
        ? Buffer.compare(left.key, right.key)
        : compareTuples(left.key as Tuple, right.key as Tuple, this.#fields, this.#text ?? (() => 0));
    return result || left.order - right.order;
  }

  #cut(): void {
    this.#items.sort((left, right) => this.#compare(left, right));
    if (this.#items.length > this.#most) this.#items.length = this.#most;
  }

  /** The items in order, at most as many as the limit. */
  sorted(): T[] {
    this.#cut();
    return this.#items.map((one) => one.item);
  }
}
