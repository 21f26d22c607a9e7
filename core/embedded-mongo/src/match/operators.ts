import { mongoError } from '../errors.ts';
import { isNumber } from '../bson/exact.ts';
import { toInteger, toNumber } from '../bson/numbers.ts';
import type { Path } from '../bson/path.ts';
import { Regex, undefinedValue } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { parseBits } from './bits.ts';
import { lookupKey, truncated } from './leaf.ts';
import { compileRegex } from './regex.ts';
import { isOperators } from './operand.ts';
import type { CompiledRegex, Leaf, MatchOptions, Node } from './tree.ts';
import { parseTypes } from './types.ts';

/** What an operator's parser knows of its surroundings. */
export interface OperatorContext {
  readonly path: string;
  readonly parts: Path;
  readonly operators: Doc;
  readonly options: MatchOptions;
  readonly parseFilter: (filter: Doc, options: MatchOptions) => Node;
  readonly parseOperators: (path: string, operators: Doc, options: MatchOptions) => Node;
}

/** One node for several that must all hold. */
export function matchAll(children: readonly Node[]): Node {
  const [only] = children;
  return children.length === 1 && only ? only : { kind: 'and', children };
}

const not = (child: Node): Node => ({ kind: 'not', child });

function leafOf(context: OperatorContext, leaf: Leaf): Node {
  return { kind: 'leaf', path: context.path, parts: context.parts, leaf };
}

function checkComparable(name: string, value: Value): Value {
  if (value === undefinedValue) throw mongoError('BadValue', 'cannot compare to undefined');
  if (value instanceof Regex && name !== '$eq' && name !== '$ne') {
    throw mongoError('BadValue', `Can't have RegEx as arg to predicate over field '${name}'.`);
  }
  return value;
}

function compiled(source: Regex): CompiledRegex {
  return { source, regex: compileRegex(source) };
}

/** The operators of one path. */
export const fieldOperators: readonly string[] = [
  '$eq',
  '$ne',
  '$gt',
  '$gte',
  '$lt',
  '$lte',
  '$in',
  '$nin',
  '$not',
  '$exists',
  '$type',
  '$size',
  '$mod',
  '$regex',
  '$options',
  '$elemMatch',
  '$all',
  '$bitsAllSet',
  '$bitsAllClear',
  '$bitsAnySet',
  '$bitsAnyClear',
  '$comment',
];

/** Checks one operator; undefined when it only belongs to another, as $options does. */
export function parseOperator(context: OperatorContext, name: string, value: Value): Node | undefined {
  if (!fieldOperators.includes(name)) throw mongoError('BadValue', `unknown operator: ${name}`);
  switch (name) {
    case '$eq':
    case '$gt':
    case '$gte':
    case '$lt':
    case '$lte':
      return leafOf(context, { op: name.slice(1) as 'eq', value: checkComparable(name, value) });
    case '$ne':
      if (value instanceof Regex) throw mongoError('BadValue', "Can't have regex as arg to $ne.");
      return not(leafOf(context, { op: 'eq', value: checkComparable(name, value) }));
    case '$in':
      return leafOf(context, parseIn(name, value));
    case '$nin':
      return not(leafOf(context, parseIn(name, value)));
    case '$not':
      return parseNot(context, value);
    case '$exists': {
      const exists = leafOf(context, { op: 'exists' });
      const wanted = isNumber(value)
        ? toNumber(value) !== 0
        : value !== false && value !== null && value !== undefinedValue;
      return wanted ? exists : not(exists);
    }
    case '$type':
      return leafOf(context, { op: 'type', types: parseTypes(value) });
    case '$size':
      return leafOf(context, { op: 'size', size: parseSize(value) });
    case '$mod':
      return leafOf(context, parseMod(value));
    case '$regex':
      return parseRegex(context, value);
    case '$options':
      if (!context.operators.has('$regex')) throw mongoError('BadValue', '$options needs a $regex');
      return undefined;
    case '$elemMatch':
      return parseElemMatch(context, value);
    case '$all':
      return parseAll(context, value);
    case '$bitsAllSet':
    case '$bitsAllClear':
    case '$bitsAnySet':
    case '$bitsAnyClear':
      return leafOf(context, { op: 'bits', test: parseBits(name, value) });
    default:
      return undefined;
  }
}

function parseIn(name: string, value: Value): Extract<Leaf, { op: 'in' }> {
  if (!Array.isArray(value)) throw mongoError('BadValue', `${name} needs an array`);
  const values: Value[] = [];
  const regexes: CompiledRegex[] = [];
  for (const one of value) {
    if (one instanceof Regex) regexes.push(compiled(one));
    else if (one instanceof Map && [...one.keys()][0]?.startsWith('$') && !one.has('$ref')) {
      throw mongoError('BadValue', `cannot nest $ under ${name}`);
    } else values.push(one);
  }
  return { op: 'in', values, regexes, keys: new Set(values.map(lookupKey)) };
}

function parseNot(context: OperatorContext, value: Value): Node {
  if (value instanceof Regex) return not(leafOf(context, { op: 'regex', regex: compiled(value) }));
  if (!(value instanceof Map)) throw mongoError('BadValue', '$not needs a regex or a document');
  if (value.size === 0) throw mongoError('BadValue', '$not cannot be empty');
  return not(context.parseOperators(context.path, value, context.options));
}

function parseSize(value: Value): number {
  const size = isNumber(value) ? toInteger(value) : undefined;
  if (size === undefined) throw mongoError('BadValue', `Failed to parse $size. Expected an integer`);
  if (size < 0) throw mongoError('BadValue', `Failed to parse $size. Expected a non-negative number`);
  return size;
}

function parseMod(value: Value): Leaf {
  if (!Array.isArray(value)) throw mongoError('BadValue', 'malformed mod, needs to be an array');
  if (value.length < 2) throw mongoError('BadValue', 'malformed mod, not enough elements');
  if (value.length > 2) throw mongoError('BadValue', 'malformed mod, too many elements');
  const [divisor, remainder] = value.map((one) => (isNumber(one) ? truncated(one) : undefined));
  if (divisor === undefined) throw mongoError('BadValue', 'malformed mod, divisor not a number');
  if (remainder === undefined) throw mongoError('BadValue', 'malformed mod, remainder not a number');
  if (divisor === 0n) throw mongoError('BadValue', 'divisor cannot be 0');
  return { op: 'mod', divisor, remainder };
}

function parseRegex(context: OperatorContext, value: Value): Node {
  const options = context.operators.get('$options');
  if (options !== undefined && typeof options !== 'string') throw mongoError('BadValue', '$options has to be a string');
  if (value instanceof Regex) {
    if (options !== undefined && value.flags !== '')
      throw mongoError('BadValue', 'options set in both $regex and $options');
    return leafOf(context, { op: 'regex', regex: compiled(new Regex(value.pattern, options ?? value.flags)) });
  }
  if (typeof value !== 'string') throw mongoError('BadValue', '$regex has to be a string');
  const flags = Array.from(options ?? '')
    .sort()
    .join('');
  return leafOf(context, { op: 'regex', regex: compiled(new Regex(value, flags)) });
}

const logical = new Set(['$and', '$or', '$nor', '$expr', '$comment']);

function parseElemMatch(context: OperatorContext, value: Value): Node {
  if (!(value instanceof Map)) throw mongoError('BadValue', '$elemMatch needs an Object');
  const [first] = value.keys();
  const objects = first === undefined || !isOperators(value) || logical.has(first);
  const node = objects
    ? context.parseFilter(value, context.options)
    : context.parseOperators('', value, context.options);
  return leafOf(context, { op: 'elemMatch', node, objects });
}

function parseAll(context: OperatorContext, value: Value): Node {
  if (!Array.isArray(value)) throw mongoError('BadValue', '$all needs an array');
  if (value.length === 0) return { kind: 'constant', value: false };
  return matchAll(
    value.map((one) => {
      if (one instanceof Regex) return leafOf(context, { op: 'regex', regex: compiled(one) });
      const [first] = one instanceof Map ? one.keys() : [];
      if (one instanceof Map && first === '$elemMatch') return parseElemMatch(context, one.get('$elemMatch') ?? null);
      if (first?.startsWith('$') && first !== '$ref') throw mongoError('BadValue', `no $ expressions in $all`);
      return leafOf(context, { op: 'eq', value: one });
    }),
  );
}
