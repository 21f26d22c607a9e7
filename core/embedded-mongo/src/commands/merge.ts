import { encode } from '../bson/encode.ts';
import { getPath, splitPath } from '../bson/path.ts';
import { int, undefinedValue } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { compileExpression } from '../aggregate/expressions/compile.ts';
import { MongoError, mongoError } from '../errors.ts';
import { decode } from '../bson/decode.ts';
import { duplicateKey } from '../store/duplicate-key.ts';
import type { Collection } from '../store/collection.ts';
import { parseUpdate } from '../update/parse.ts';
import { firstHitAtOnce, updateHit } from './modify.ts';
import { parseQuery } from './query.ts';
import type { Hit } from './query.ts';
import type { Request } from './request.ts';
import { checkValid } from './validation.ts';
import { letVariables } from './variables.ts';
import { refuseView } from './views.ts';

/** What `$merge` was asked to do. */
export interface Merge {
  readonly database: string;
  readonly name: string;
  readonly on: readonly string[];
  readonly whenMatched: string | readonly Value[];
  readonly whenNotMatched: string;
  readonly variables: Doc | undefined;
}

const matchedModes = ['replace', 'keepExisting', 'merge', 'fail'];
const unmatchedModes = ['insert', 'discard', 'fail'];
const fields = ['into', 'on', 'let', 'whenMatched', 'whenNotMatched'];

function intoOf(request: Request, into: Value | undefined): { database: string; name: string } {
  if (typeof into === 'string') return { database: request.database, name: into };
  if (!(into instanceof Map)) throw new MongoError(51178, "$merge 'into' field must be either a string or an object");
  const [database, name] = [into.get('db') ?? request.database, into.get('coll')];
  if (typeof name !== 'string' || typeof database !== 'string')
    throw mongoError('MissingField', "BSON field '$merge.into.coll' is missing but a required field");
  return { database, name };
}

function onOf(on: Value | undefined): readonly string[] {
  const list = on === undefined ? ['_id'] : Array.isArray(on) ? on : [on];
  if (list.length === 0)
    throw new MongoError(51187, "If explicitly specifying $merge 'on', must include at least one field");
  return list.map((field) => {
    if (typeof field !== 'string')
      throw new MongoError(51186, "$merge 'on' must be either a string or an array of strings");
    return field;
  });
}

/** @throws MongoError 51183 when no unique index makes sure that one document at most is meant */
function checkUnique(collection: Collection | undefined, on: readonly string[]): void {
  if (on.length === 1 && on[0] === '_id') return;
  const wanted = new Set(on);
  const found = collection?.indexes.some(
    ({ spec }) =>
      spec.unique &&
      !spec.partial &&
      !spec.sparse &&
      !spec.text &&
      spec.fields.length === wanted.size &&
      spec.fields.every((field) => wanted.has(field.path)),
  );
  if (!found) throw new MongoError(51183, 'Cannot find index to verify that join fields will be unique');
}

/** @throws MongoError for what is not right in a `$merge` */
export function parseMerge(request: Request, argument: Value): Merge {
  const given: Doc =
    typeof argument === 'string'
      ? new Map([['into', argument]])
      : argument instanceof Map
        ? argument
        : new Map<string, Value>();
  if (typeof argument !== 'string' && !(argument instanceof Map))
    throw new MongoError(51182, '$merge only supports a string or object argument');
  for (const name of given.keys())
    if (!fields.includes(name)) throw mongoError('UnknownField', `BSON field '$merge.${name}' is an unknown field.`);
  const { database, name } = intoOf(request, given.get('into'));
  const whenMatched = given.get('whenMatched') ?? 'merge';
  const whenNotMatched = given.get('whenNotMatched') ?? 'insert';
  if (!Array.isArray(whenMatched) && (typeof whenMatched !== 'string' || !matchedModes.includes(whenMatched)))
    throw mongoError('BadValue', `Enumeration value for field '$merge.whenMatched' is not a valid value.`);
  if (typeof whenNotMatched !== 'string' || !unmatchedModes.includes(whenNotMatched))
    throw mongoError('BadValue', `Enumeration value for field '$merge.whenNotMatched' is not a valid value.`);
  const variables = given.get('let');
  if (variables !== undefined && !(variables instanceof Map))
    throw mongoError('TypeMismatch', "$merge 'let' must be an object");
  if (variables && !Array.isArray(whenMatched))
    throw new MongoError(51199, "Cannot use 'let' variables with a 'whenMatched' that is not a pipeline");
  const on = onOf(given.get('on'));
  const collection = request.engine.store.catalog.find(database, name);
  refuseView(collection);
  checkUnique(collection, on);
  if (Array.isArray(whenMatched)) parseUpdate(whenMatched);
  return { database, name, on, whenMatched, whenNotMatched, variables };
}

function keyOf(document: Doc, on: readonly string[]): Doc {
  return new Map(
    on.map((path): [string, Value] => {
      const value = getPath(document, splitPath(path));
      if (value === undefined || value === null || value === undefinedValue || Array.isArray(value))
        throw new MongoError(
          51132,
          `$merge write error: 'on' field '${path}' cannot be missing, null, undefined or an array`,
        );
      return [path, new Map<string, Value>([['$eq', value]])];
    }),
  );
}

function variablesOf(request: Request, merge: Merge, document: Doc): ReadonlyMap<string, Value> {
  const outer = letVariables(request.document('let')) ?? new Map<string, Value>();
  const scope = { root: document, current: document, variables: outer };
  const own = [...(merge.variables ?? [])].map(([name, value]): [string, Value] => [
    name,
    compileExpression(value)(scope) ?? undefinedValue,
  ]);
  return new Map([...outer, ['new', document], ...own]);
}

function change(request: Request, merge: Merge, collection: Collection, hit: Hit, document: Doc): void {
  const bypass = request.boolean('bypassDocumentValidation', false);
  const { whenMatched } = merge;
  if (whenMatched === 'keepExisting') return;
  if (whenMatched === 'fail')
    throw duplicateKey(
      collection.namespace,
      { name: merge.on.map((path) => `${path}_`).join('_'), key: new Map(merge.on.map((path) => [path, int(1)])) },
      merge.on.map((path) => getPath(document, splitPath(path))),
    );
  if (typeof whenMatched !== 'string') {
    const update = parseUpdate([...whenMatched], [], { variables: variablesOf(request, merge, document) });
    updateHit(collection, hit, update, bypass);
    return;
  }
  const next = whenMatched === 'merge' ? new Map([...hit.document, ...document]) : document;
  const update = { kind: 'replacement' as const, apply: (): Doc => new Map(next) };
  updateHit(collection, hit, update, bypass);
}

/** Merges documents into a collection, each by itself. */
export function mergeInto(request: Request, merge: Merge): (documents: readonly Doc[]) => void {
  const { store } = request.engine;
  const bypass = request.boolean('bypassDocumentValidation', false);
  return (documents) =>
    store.write(() => {
      if (documents.length === 0) return;
      const collection = store.catalog.ensure(merge.database, merge.name);
      for (const document of documents) {
        const hit = firstHitAtOnce(collection, parseQuery({ filter: keyOf(document, merge.on) }), request.operation);
        if (hit) change(request, merge, collection, hit, document);
        else if (merge.whenNotMatched === 'insert') {
          if (!bypass) checkValid(collection, document);
          const bytes = encode(document);
          collection.insert(decode(bytes), bytes);
        } else if (merge.whenNotMatched === 'fail')
          throw new MongoError(13113, '$merge could not find a matching document in the target collection');
      }
    });
}
