import { MongoError, mongoError } from '../errors.ts';
import { int } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { PAUSE, Turn, nextTurn } from '../pause.ts';
import type { Store } from '../store/store.ts';
import type { Request } from './request.ts';

/** One entry of `writeErrors`. */
export interface WriteError {
  readonly index: number;
  readonly error: MongoError;
}

const MAX_BATCH = 100_000;
/** How long a bulk of small statements goes on before it lets others through, in milliseconds: each pause costs a commit. */
const BULK_TURN = 25;

/**
 * Refuses statements with a field that they cannot have, before any of them runs.
 * @throws MongoError 40415
 */
export function checkEntries(name: string, entries: readonly Doc[], known: ReadonlySet<string>): void {
  for (const entry of entries) {
    for (const field of entry.keys())
      if (!known.has(field)) throw mongoError('UnknownField', `BSON field '${name}.${field}' is an unknown field.`);
  }
}

/**
 * Runs the statements of a bulk command: an ordered one stops at the first error, an unordered one goes on.
 * Each statement checks before it writes, so what came before an error stays.
 */
export function* runWrites<T>(
  request: Request,
  statements: readonly T[],
  run: (statement: T, index: number) => Iterable<typeof PAUSE> | undefined,
): Generator<typeof PAUSE, WriteError[]> {
  if (statements.length === 0 || statements.length > MAX_BATCH) {
    throw mongoError(
      'InvalidLength',
      `Write batch sizes must be between 1 and ${MAX_BATCH}. Got ${statements.length} operations.`,
    );
  }
  const ordered = request.boolean('ordered', true);
  const errors: WriteError[] = [];
  const turn = new Turn(BULK_TURN);
  for (const [index, statement] of statements.entries()) {
    if (turn.over()) yield PAUSE;
    try {
      yield* run(statement, index) ?? [];
    } catch (error) {
      if (!(error instanceof MongoError)) throw error;
      errors.push({ index, error });
      if (ordered) break;
    }
  }
  return errors;
}

/**
 * Runs a command's writes; at each pause what was done is committed, and others have their turn. At once when there is
 * no pause.
 */
export function writeInTurns<T>(store: Store, work: Generator<typeof PAUSE, T>): T | Promise<T> {
  const first = store.write(() => work.next());
  return first.done === true ? first.value : goOn(store, work);
}

async function goOn<T>(store: Store, work: Generator<typeof PAUSE, T>): Promise<T> {
  for (;;) {
    await (store.settled() ?? nextTurn());
    while (store.held) await store.held;
    const step = store.write(() => work.next());
    if (step.done === true) return step.value;
  }
}

/** The reply to writes that may have paused. */
export function whenWritten<T>(written: T | Promise<T>, reply: (result: T) => Doc): Doc | Promise<Doc> {
  return written instanceof Promise ? written.then(reply) : reply(written);
}

function errorDocument({ index, error }: WriteError): Doc {
  const document: Doc = new Map<string, Value>([
    ['index', int(index)],
    ['code', int(error.code)],
  ]);
  // The extra fields of a MongoError are BSON values; errors.ts cannot name their type.
  for (const [name, value] of error.extra) document.set(name, value as Value);
  document.set('errmsg', error.message);
  return document;
}

/** The reply of a write command. */
export function writeReply(fields: readonly (readonly [string, Value])[], errors: readonly WriteError[]): Doc {
  const reply: Doc = new Map(fields);
  if (errors.length > 0) reply.set('writeErrors', errors.map(errorDocument));
  reply.set('ok', 1);
  return reply;
}
