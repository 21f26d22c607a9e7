import { mongoError } from '../errors.ts';
import { splitPath } from '../bson/path.ts';
import { Regex } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { compileExpression } from '../aggregate/expressions/compile.ts';
import { truthy } from '../aggregate/expressions/scope.ts';
import { parseJsonSchema } from './json-schema/parse.ts';
import { dbRef, isOperators } from './operand.ts';
import { matchAll, parseOperator } from './operators.ts';
import type { MatchOptions, Node } from './tree.ts';
import { compileRegex } from './regex.ts';

/** The operators of a whole document. */
export const documentOperators: readonly string[] = [
  '$and',
  '$or',
  '$nor',
  '$expr',
  '$jsonSchema',
  '$comment',
  '$alwaysTrue',
  '$alwaysFalse',
];

const unsupported = new Map([
  ['$where', 'no globalScriptEngine in $where parsing'],
  ['$text', 'text index required for $text query'],
]);

export { isOperators } from './operand.ts';

/**
 * Checks a filter.
 * @throws MongoError 2 for an unknown or malformed operator
 */
export function parseFilter(filter: Doc, options: MatchOptions = {}): Node {
  const children: Node[] = [];
  for (const [name, value] of filter) {
    const node =
      name.startsWith('$') && !dbRef.has(name) ? parseTop(name, value, options) : parseField(name, value, options);
    if (node) children.push(node);
  }
  return matchAll(children);
}

function parseTop(name: string, value: Value, options: MatchOptions): Node | undefined {
  if (!documentOperators.includes(name)) throw unknownTop(name);
  switch (name) {
    case '$and':
    case '$or':
    case '$nor': {
      const kind = name === '$and' ? 'and' : name === '$or' ? 'or' : 'nor';
      return { kind, children: parseList(name, value, options) };
    }
    case '$expr': {
      const evaluate = compileExpression(value);
      const variables = options.variables;
      return {
        kind: 'expr',
        test: (root) => truthy(evaluate({ root, current: root, variables: variables ?? new Map<string, Value>() })),
      };
    }
    case '$jsonSchema': {
      if (!(value instanceof Map)) throw mongoError('TypeMismatch', '$jsonSchema must be an object');
      const schema = parseJsonSchema(value);
      return { kind: 'schema', broken: (root) => schema(root), test: (root) => schema(root).length === 0 };
    }
    case '$comment':
      return undefined;
    case '$alwaysTrue':
    case '$alwaysFalse':
      return { kind: 'constant', value: name === '$alwaysTrue' };
    default:
      return undefined;
  }
}

function unknownTop(name: string): Error {
  const reason = unsupported.get(name);
  if (reason !== undefined) return mongoError(name === '$text' ? 'IndexNotFound' : 'BadValue', reason);
  return mongoError(
    'BadValue',
    `unknown top level operator: ${name}. If you have a field name that starts with a '$' symbol, consider using $getField or $setField.`,
  );
}

function parseList(name: string, value: Value, options: MatchOptions): Node[] {
  if (!Array.isArray(value)) throw mongoError('BadValue', `${name} must be an array`);
  if (value.length === 0) throw mongoError('BadValue', '$and/$or/$nor must be a nonempty array');
  return value.map((one) => {
    if (!(one instanceof Map)) throw mongoError('BadValue', '$or/$and/$nor entries need to be full objects');
    return parseFilter(one, options);
  });
}

function parseField(path: string, value: Value, options: MatchOptions): Node {
  const parts = splitPath(path);
  if (value instanceof Regex) {
    return { kind: 'leaf', path, parts, leaf: { op: 'regex', regex: { source: value, regex: compileRegex(value) } } };
  }
  if (!isOperators(value)) return { kind: 'leaf', path, parts, leaf: { op: 'eq', value } };
  return parseOperators(path, value, options);
}

/** Checks the operators of one path; the empty path is a bare value, as in $elemMatch and $pull. */
export function parseOperators(path: string, operators: Doc, options: MatchOptions = {}): Node {
  const context = { path, parts: path === '' ? [] : splitPath(path), operators, options, parseFilter, parseOperators };
  const children: Node[] = [];
  for (const [name, value] of operators) {
    const node = parseOperator(context, name, value);
    if (node) children.push(node);
  }
  return matchAll(children);
}
