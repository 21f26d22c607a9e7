import { stageParts } from '../aggregate/run.ts';
import type { Stream } from '../aggregate/stage.ts';
import { encode } from '../bson/encode.ts';
import { randomUUID } from 'node:crypto';
import type { Doc, Value } from '../bson/values.ts';
import { MongoError, mongoError } from '../errors.ts';
import { PAUSE, nextTurn } from '../pause.ts';
import { IndexSpec } from '../store/index-spec.ts';
import { withIdFirst } from '../update/parse.ts';
import { mergeInto, parseMerge } from './merge.ts';
import type { Request } from './request.ts';
import { checkValid } from './validation.ts';
import { refuseView } from './views.ts';

/** Puts documents somewhere, some at a time; `finish` makes them visible, `abandon` takes them back. */
export interface Output {
  readonly write: (documents: readonly Doc[]) => void;
  readonly finish: () => void;
  readonly abandon: () => void;
}

/** How many documents share a transaction. */
const CHUNK = 500;

export function isOutput(stage: Value): boolean {
  return stage instanceof Map && (stage.has('$out') || stage.has('$merge'));
}

function outTarget(request: Request, argument: Value): { database: string; name: string } {
  if (typeof argument === 'string') return { database: request.database, name: argument };
  if (!(argument instanceof Map))
    throw new MongoError(16990, '$out only supports a string or object argument, not another type');
  for (const name of argument.keys()) {
    if (name === 'timeseries') throw mongoError('InvalidOptions', 'time series collections are not supported');
    if (name !== 'db' && name !== 'coll')
      throw mongoError('UnknownField', `BSON field '$out.${name}' is an unknown field.`);
  }
  const [database, name] = [argument.get('db'), argument.get('coll')];
  if (typeof database !== 'string' || typeof name !== 'string')
    throw mongoError('MissingField', "BSON field '$out.db' or '$out.coll' is missing but a required field");
  return { database, name };
}

/** `$out`: a new collection takes the place of the old one, with its options and indexes, in one step. */
function parseOut(request: Request, argument: Value): Output {
  const { database, name } = outTarget(request, argument);
  const { store } = request.engine;
  const bypass = request.boolean('bypassDocumentValidation', false);
  const before = store.catalog.find(database, name);
  refuseView(before);
  const temporary = `tmp.agg_out.${randomUUID()}`;
  store.write(() => {
    const made = store.catalog.create(database, temporary, before?.options ?? new Map<string, Value>());
    for (const index of before?.indexes ?? []) store.catalog.createIndex(made, new IndexSpec(index.spec.document));
  });
  return {
    write: (documents) =>
      store.write(() => {
        const made = store.catalog.ensure(database, temporary);
        for (const document of documents) {
          if (!bypass) checkValid(made, document);
          made.insert(document, encode(document));
        }
      }),
    finish: () =>
      store.write(() => {
        const old = store.catalog.find(database, name);
        if (old) store.catalog.drop(old);
        store.catalog.rename(store.catalog.ensure(database, temporary), database, name);
      }),
    abandon: () =>
      store.write(() => {
        const made = store.catalog.find(database, temporary);
        if (made) store.catalog.drop(made);
      }),
  };
}

/** @throws MongoError for a `$out` or `$merge` that is not right */
export function parseOutput(request: Request, stage: Value): Output {
  const [name, argument] = stageParts(stage);
  if (name === '$out') return parseOut(request, argument);
  const write = mergeInto(request, parseMerge(request, argument));
  return { write, finish: () => undefined, abandon: () => undefined };
}

/** Runs a pipeline to its end and writes what it gives. */
export async function writeOutput(request: Request, output: Output, stream: Stream): Promise<void> {
  const { store } = request.engine;
  let waiting: Doc[] = [];
  try {
    for (const document of stream) {
      if (document === PAUSE) {
        request.operation.check();
        await nextTurn();
        continue;
      }
      waiting.push(withIdFirst(document));
      if (waiting.length < CHUNK) continue;
      while (store.held) await store.held;
      output.write(waiting);
      waiting = [];
      request.operation.check();
      await nextTurn();
    }
    while (store.held) await store.held;
    output.write(waiting);
    output.finish();
  } catch (error) {
    while (store.held) await store.held;
    output.abandon();
    throw error;
  }
}
