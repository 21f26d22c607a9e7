import { mongoError } from '../errors.ts';
import { decode, decodeStored } from '../bson/decode.ts';
import { encode } from '../bson/encode.ts';
import { isNumber } from '../bson/exact.ts';
import { toInteger, toNumber } from '../bson/numbers.ts';
import { typeName, typeOf } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import type { Engine } from './engine.ts';
import { Operation } from './operation.ts';
import type { Client } from './operation.ts';

/** A document of a command: decoded when somebody asks, so that a long list is never held twice. */
export class Raw {
  readonly #given: Buffer;
  #read: { readonly bytes: Buffer; readonly document: Doc } | undefined;

  constructor(bytes: Buffer, document?: Doc) {
    this.#given = bytes;
    this.#read = document && { bytes, document };
  }

  get document(): Doc {
    return this.#whole().document;
  }

  /** The bytes to store, in which no name comes twice. */
  get bytes(): Buffer {
    return this.#whole().bytes;
  }

  #whole(): { readonly bytes: Buffer; readonly document: Doc } {
    return (this.#read ??= decodeStored(this.#given));
  }
}

const nobody: Client = { connectionId: 0, address: 'in process', appName: '' };

/** A command as it came over the wire, with typed access to its fields. */
export class Request {
  readonly name: string;
  readonly body: Doc;
  readonly database: string;
  readonly engine: Engine;
  readonly client: Client;
  #operation: Operation | undefined;
  readonly #sequences: ReadonlyMap<string, readonly Buffer[]>;

  constructor(
    engine: Engine,
    name: string,
    body: Doc,
    database: string,
    sequences: ReadonlyMap<string, readonly Buffer[]>,
    client: Client = nobody,
  ) {
    this.engine = engine;
    this.name = name;
    this.body = body;
    this.database = database;
    this.#sequences = sequences;
    this.client = client;
  }

  /** How long the command may still take; made when first asked for. */
  get operation(): Operation {
    this.#operation ??= new Operation(this.integer('maxTimeMS'));
    return this.#operation;
  }

  /** The command's own value: the collection's name. */
  get collection(): string {
    const name = this.body.get(this.name);
    if (typeof name !== 'string') {
      throw mongoError('InvalidNamespace', `collection name has invalid type ${typeName(typeOf(name ?? null))}`);
    }
    if (name === '' || name.includes('\0'))
      throw mongoError('InvalidNamespace', `Invalid namespace specified '${this.database}.${name}'`);
    return name;
  }

  #wrong(field: string, value: Value, wanted: string): Error {
    return mongoError(
      'TypeMismatch',
      `BSON field '${this.name}.${field}' is the wrong type '${typeName(typeOf(value))}', expected type '${wanted}'`,
    );
  }

  document(field: string): Doc | undefined {
    const value = this.body.get(field);
    if (value === undefined || value === null) return undefined;
    if (!(value instanceof Map)) throw this.#wrong(field, value, 'object');
    return value;
  }

  array(field: string): readonly Value[] | undefined {
    const sequence = this.#sequences.get(field);
    if (sequence) return sequence.map((bytes) => decode(bytes));
    const value = this.body.get(field);
    if (value === undefined || value === null) return undefined;
    if (!Array.isArray(value)) throw this.#wrong(field, value, 'array');
    return value;
  }

  /** The documents of a field, with the bytes they came in. */
  rawDocuments(field: string): Raw[] {
    const sequence = this.#sequences.get(field);
    if (sequence) return sequence.map((bytes) => new Raw(bytes));
    const list = this.array(field);
    if (!list) throw mongoError('MissingField', `BSON field '${this.name}.${field}' is missing but a required field`);
    return list.map((value) => {
      if (!(value instanceof Map)) throw this.#wrong(field, value, 'object');
      return new Raw(encode(value), value);
    });
  }

  /** The documents of a required list. */
  documents(field: string): Doc[] {
    const list = this.array(field);
    if (!list) throw mongoError('MissingField', `BSON field '${this.name}.${field}' is missing but a required field`);
    return list.map((value) => {
      if (!(value instanceof Map)) throw this.#wrong(field, value, 'object');
      return value;
    });
  }

  boolean(field: string, fallback: boolean): boolean {
    const value = this.body.get(field);
    if (value === undefined || value === null) return fallback;
    if (typeof value === 'boolean') return value;
    if (isNumber(value)) return toNumber(value) !== 0;
    throw this.#wrong(field, value, 'bool');
  }

  /** A whole number that is not negative. */
  integer(field: string): number | undefined {
    const value = this.body.get(field);
    if (value === undefined || value === null) return undefined;
    if (!isNumber(value)) throw this.#wrong(field, value, 'long');
    const number = toInteger(value);
    if (number === undefined || number < 0) {
      throw mongoError('BadValue', `BSON field '${field}' value must be >= 0, actual value '${toNumber(value)}'`);
    }
    return number;
  }
}
