import { MongoError, mongoError } from '../../errors.ts';
import { splitPath } from '../../bson/path.ts';
import { DateTime } from '../../bson/values.ts';
import type { Doc, Value } from '../../bson/values.ts';
import { operators } from './table.ts';
import type { Expression, Scope } from './scope.ts';

/** The sentinel that $$REMOVE stands for: a missing value. */
const systemVariables: ReadonlyMap<string, Expression> = new Map<string, Expression>([
  ['ROOT', (scope) => scope.root],
  ['CURRENT', (scope) => scope.current],
  ['REMOVE', () => undefined],
  ['KEEP', (scope) => redaction(scope, 'KEEP')],
  ['PRUNE', (scope) => redaction(scope, 'PRUNE')],
  ['DESCEND', (scope) => redaction(scope, 'DESCEND')],
  ['NOW', (scope) => scope.variables.get('NOW') ?? new DateTime(Date.now())],
]);

/** The answers of `$redact`, which only that stage has. */
function redaction(scope: Scope, name: string): Value | undefined {
  if (!scope.variables.has(name)) throw new MongoError(17276, `Use of undefined variable: ${name}`);
  return scope.variables.get(name);
}

/** Reads a path the way expressions do: arrays are mapped over, positions mean nothing. */
export function readPath(value: Value | undefined, parts: readonly string[], depth = 0): Value | undefined {
  if (depth === parts.length) return value;
  if (value instanceof Map) return readPath(value.get(parts[depth] ?? ''), parts, depth + 1);
  if (!Array.isArray(value)) return undefined;
  const result: Value[] = [];
  for (const element of value) {
    const found = element instanceof Map || Array.isArray(element) ? readPath(element, parts, depth) : undefined;
    if (found !== undefined) result.push(found);
  }
  return result;
}

function compilePath(text: string): Expression {
  const parts = splitPath(text);
  if (parts.includes('')) throw new MongoError(15998, 'FieldPath field names may not be empty strings.');
  if (parts.some((part) => part.startsWith('$'))) {
    throw new MongoError(16410, `FieldPath field names may not start with '$'. Consider using $getField or $setField.`);
  }
  if (parts.length === 1) return (scope) => (scope.current instanceof Map ? scope.current.get(text) : undefined);
  return (scope) => readPath(scope.current, parts);
}

function compileVariable(text: string): Expression {
  const [name = '', ...parts] = splitPath(text);
  if (name === '') throw mongoError('FailedToParse', 'empty variable names are not allowed');
  const system = systemVariables.get(name);
  if (!system && !/^[a-z_\u0080-\uffff]/.test(name)) throw new MongoError(17276, `Use of undefined variable: ${name}`);
  return (scope: Scope) => {
    if (system) return readPath(system(scope), parts);
    const value = scope.variables.get(name);
    if (value === undefined && !scope.variables.has(name)) {
      throw new MongoError(17276, `Use of undefined variable: ${name}`);
    }
    return readPath(value, parts);
  };
}

function compileObject(value: Doc): Expression {
  const fields = [...value].map(([name, field]): [string, Expression] => {
    if (name.startsWith('$'))
      throw new MongoError(
        15983,
        `an expression specification must contain exactly one field, the name of the expression. Found ${value.size} fields`,
      );
    if (name.includes('.'))
      throw new MongoError(16405, "FieldPath field names may not contain '.' in an object expression");
    return [name, compileExpression(field)];
  });
  return (scope) => {
    const result: Doc = new Map();
    for (const [name, expression] of fields) {
      const field = expression(scope);
      if (field !== undefined) result.set(name, field);
    }
    return result;
  };
}

/**
 * Checks an expression and makes it ready to run.
 * @throws MongoError 168 for an operator that does not exist or is not supported
 */
export function compileExpression(value: Value): Expression {
  if (typeof value === 'string') {
    if (value.startsWith('$$')) return compileVariable(value.slice(2));
    return value.startsWith('$') ? compilePath(value.slice(1)) : () => value;
  }
  if (Array.isArray(value)) {
    const elements = value.map(compileExpression);
    return (scope) => elements.map((element) => element(scope) ?? null);
  }
  if (!(value instanceof Map)) return () => value;
  const [first] = value;
  if (!first?.[0].startsWith('$')) return compileObject(value);
  if (value.size !== 1) {
    throw new MongoError(
      15983,
      `an expression specification must contain exactly one field, the name of the expression. Found ${value.size} fields in expression`,
    );
  }
  const [name, argument] = first;
  const builder = operators.get(name);
  if (!builder) throw mongoError('InvalidPipelineOperator', `Unrecognized expression '${name}'`);
  return builder(argument, compileExpression, name);
}
