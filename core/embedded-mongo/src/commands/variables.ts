import { compileExpression } from '../aggregate/expressions/compile.ts';
import { undefinedValue } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { mongoError } from '../errors.ts';

const nothing: Doc = new Map<string, Value>();

/**
 * The variables of a command's `let`: expressions without a document.
 * @throws MongoError 9 for a name that MongoDB keeps for itself
 */
export function letVariables(given: Doc | undefined): ReadonlyMap<string, Value> | undefined {
  if (!given) return undefined;
  const values = new Map<string, Value>();
  for (const [name, expression] of given) {
    if (!/^[a-z_\u0080-\uffff][\w\u0080-\uffff]*$/i.test(name) || /^[A-Z]/.test(name))
      throw mongoError('FailedToParse', `'${name}' starts with an invalid character for a user variable name`);
    values.set(
      name,
      compileExpression(expression)({ root: nothing, current: nothing, variables: values }) ?? undefinedValue,
    );
  }
  return values;
}
