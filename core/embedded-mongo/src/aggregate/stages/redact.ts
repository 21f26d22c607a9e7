import { MongoError } from '../../errors.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { PAUSE } from '../../pause.ts';
import { compileExpression } from '../expressions/compile.ts';
import type { Expression } from '../expressions/scope.ts';
import type { StageBuilder } from '../stage.ts';

const DESCEND = 'descend';
const PRUNE = 'prune';
const KEEP = 'keep';

/** What `$$DESCEND` and its sisters stand for while the stage runs. */
const answers: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['DESCEND', DESCEND],
  ['PRUNE', PRUNE],
  ['KEEP', KEEP],
]);

function inside(value: Value, decide: (document: Doc) => Doc | undefined): Value | undefined {
  if (value instanceof Map) return decide(value);
  if (!Array.isArray(value)) return value;
  return value.flatMap((element) => inside(element, decide) ?? []);
}

function redactOne(root: Doc, document: Doc, test: Expression, variables: ReadonlyMap<string, Value>): Doc | undefined {
  const answer = test({ root, current: document, variables });
  if (answer === PRUNE) return undefined;
  if (answer === KEEP) return document;
  if (answer !== DESCEND) throw new MongoError(17053, '$redact must return $$KEEP, $$PRUNE or $$DESCEND');
  const result: Doc = new Map();
  for (const [name, value] of document) {
    const kept = inside(value, (one) => redactOne(root, one, test, variables));
    if (kept !== undefined) result.set(name, kept);
  }
  return result;
}

export const redact: StageBuilder = (argument, { options }) => {
  const test = compileExpression(argument);
  const variables = new Map([...(options.variables ?? []), ...answers]);
  return function* (input) {
    for (const document of input) {
      if (document === PAUSE) {
        yield PAUSE;
        continue;
      }
      const kept = redactOne(document, document, test, variables);
      if (kept) yield kept;
    }
  };
};
