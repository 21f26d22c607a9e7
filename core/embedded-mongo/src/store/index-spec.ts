import { MongoError, mongoError } from '../errors.ts';
import { decode } from '../bson/decode.ts';
import type { StringCompare } from '../bson/compare.ts';
import { ParallelArrays, extractTuples } from '../bson/index-walk.ts';
import { isNumber } from '../bson/exact.ts';
import { compoundKey } from '../bson/keys.ts';
import { toNumber } from '../bson/numbers.ts';
import { overlap, splitPath, stem } from '../bson/path.ts';
import type { Path } from '../bson/path.ts';
import type { Doc, Value } from '../bson/values.ts';
import { parseCollation } from '../match/collation.ts';
import { foldValue } from '../match/fold.ts';
import { matches } from '../match/matches.ts';
import { parseFilter } from '../match/parse.ts';
import type { Node } from '../match/tree.ts';

export interface IndexField {
  readonly path: string;
  readonly parts: Path;
  readonly descending: boolean;
}

/** One entry: its key, and whether the document really has one of the fields. */
export interface Entries {
  readonly keys: readonly Buffer[];
  readonly values: readonly (readonly (Value | undefined)[])[];
  readonly multikey: number;
}

/** The definition of an index, as createIndexes stored it. */
export class IndexSpec {
  readonly document: Doc;
  readonly name: string;
  readonly key: Doc;
  readonly fields: readonly IndexField[];
  /** Kept in plain order here: what a hash would find, its keys find too. */
  readonly hashed: boolean;
  readonly unique: boolean;
  readonly sparse: boolean;
  readonly hidden: boolean;
  readonly partial: Node | undefined;
  /** Seconds, for a TTL index. */
  readonly expireAfter: number | undefined;
  /** How its strings compare; undefined for bytes. */
  readonly text: StringCompare | undefined;
  readonly collation: Doc | undefined;
  readonly #descending: readonly boolean[];
  readonly #paths: readonly Path[];
  readonly #stems: readonly string[];

  constructor(document: Doc) {
    this.document = document;
    const name = document.get('name');
    const key = document.get('key');
    this.name = typeof name === 'string' ? name : '';
    this.key = key instanceof Map ? key : new Map<string, Value>();
    this.fields = [...this.key].map(([path, direction]) => ({
      path,
      parts: splitPath(path),
      descending: isNumber(direction) && toNumber(direction) < 0,
    }));
    this.hashed = [...this.key.values()].includes('hashed');
    this.unique = document.get('unique') === true;
    this.sparse = document.get('sparse') === true;
    this.hidden = document.get('hidden') === true;
    const collation = document.get('collation');
    this.collation = collation instanceof Map ? collation : undefined;
    this.text = parseCollation(this.collation);
    const partial = document.get('partialFilterExpression');
    this.partial = partial instanceof Map ? parseFilter(partial) : undefined;
    const expire = document.get('expireAfterSeconds');
    this.expireAfter = isNumber(expire) ? toNumber(expire) : undefined;
    this.#descending = this.fields.map((field) => field.descending);
    const asked = this.partial ? stemsOf(this.partial) : [];
    this.#stems = [...this.fields.map((field) => stem(field.parts)), ...asked];
    this.#paths = this.fields.map((field) => field.parts);
  }

  /** Whether a change of these fields (undefined: of any) may change a document's entries. */
  touchedBy(paths: readonly string[] | undefined): boolean {
    return !paths || paths.some((path) => this.#stems.some((own) => overlap(path, own)));
  }

  /**
   * What a document contributes.
   * @throws MongoError 171 when two of its fields are arrays
   */
  entriesOf(document: Doc): Entries {
    if (this.partial && !matches(this.partial, document)) return none;
    const { tuples, multikey } = this.#extract(document);
    if (this.hashed && multikey !== 0)
      throw new MongoError(16766, 'hashed indexes do not currently support array values');
    const kept = this.sparse ? tuples.filter((tuple) => tuple.some((value) => value !== undefined)) : tuples;
    const keys: Buffer[] = [];
    const values: (readonly (Value | undefined)[])[] = [];
    const seen = new Set<string>();
    for (const tuple of kept) {
      const key = compoundKey(
        tuple.map((value) => (this.text ? foldValue(value ?? null) : (value ?? null))),
        this.#descending,
      );
      // Coarse keys stand for several values, and each of them is needed.
      if (kept.length > 1 && !this.text) {
        const text = key.toString('latin1');
        if (seen.has(text)) continue;
        seen.add(text);
      }
      keys.push(key);
      values.push(tuple);
    }
    return { keys, values, multikey };
  }

  #extract(document: Doc): { tuples: (Value | undefined)[][]; multikey: number } {
    try {
      return extractTuples(document, this.#paths);
    } catch (error) {
      if (!(error instanceof ParallelArrays)) throw error;
      throw mongoError(
        'CannotIndexParallelArrays',
        `cannot index parallel arrays [${error.paths[1].split('.').pop() ?? ''}] [${error.paths[0].split('.').pop() ?? ''}]`,
      );
    }
  }
}

/** The fields that a filter asks about; the empty one, which overlaps all, for what has no path. */
function stemsOf(node: Node): string[] {
  switch (node.kind) {
    case 'leaf':
      return [stem(node.parts)];
    case 'and':
    case 'or':
    case 'nor':
      return node.children.flatMap(stemsOf);
    case 'not':
      return stemsOf(node.child);
    case 'constant':
      return [];
    default:
      return [''];
  }
}

const none: Entries = { keys: [], values: [], multikey: 0 };

/** Reads the stored definition of an index. */
export function readSpec(bytes: Buffer): IndexSpec {
  return new IndexSpec(decode(bytes));
}
