import { MongoError, mongoError } from '../errors.ts';
import { typeName, typeOf } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import type { MatchOptions } from '../match/tree.ts';
import { addFields } from './add-fields.ts';
import { compileExpression } from './expressions/compile.ts';
import { parseProjection } from './projection.ts';

/** A stage that turns each document into one. */
export type DocumentStage = (document: Doc) => Doc;

type Build = (argument: Value, options: MatchOptions) => DocumentStage;

const variablesOf = (options: MatchOptions): ReadonlyMap<string, Value> =>
  options.variables ?? new Map<string, Value>();

const project: Build = (argument, options) => {
  if (!(argument instanceof Map)) throw new MongoError(15969, '$project specification must be an object');
  const projection = parseProjection(argument, options, true);
  if (!projection)
    throw new MongoError(
      51272,
      'Invalid $project :: caused by :: projection specification must have at least one field',
    );
  return (document) => projection.apply(document, -1);
};

const unset: Build = (argument, options) => {
  const list = Array.isArray(argument) ? argument : [argument];
  if (list.length === 0)
    throw new MongoError(31119, '$unset specification must be a string or an array with at least one field');
  const spec: Doc = new Map();
  for (const path of list) {
    if (typeof path !== 'string')
      throw new MongoError(31120, '$unset specification must be a string or an array containing only string values');
    spec.set(path, false);
  }
  return project(spec, options);
};

const replace: Build = (argument, options) => {
  const expression = compileExpression(argument);
  return (document) => {
    const value = expression({ root: document, current: document, variables: variablesOf(options) });
    if (!(value instanceof Map)) {
      const type = value === undefined ? 'missing' : typeName(typeOf(value));
      throw new MongoError(
        40228,
        `'newRoot' expression must evaluate to an object, but resulting value was of type: ${type}`,
      );
    }
    return value;
  };
};

const replaceRoot: Build = (argument, options) => {
  if (!(argument instanceof Map))
    throw new MongoError(40229, 'expected an object as specification for $replaceRoot stage');
  const root = argument.get('newRoot');
  if (root === undefined) throw new MongoError(40231, 'no newRoot specified for the $replaceRoot stage');
  if (argument.size !== 1) throw mongoError('UnknownField', 'unrecognized option to $replaceRoot stage');
  return replace(root, options);
};

const set: Build = (argument, options) => addFields(argument, variablesOf(options));

export const documentStages: ReadonlyMap<string, Build> = new Map<string, Build>([
  ['$set', set],
  ['$addFields', set],
  ['$project', project],
  ['$unset', unset],
  ['$replaceRoot', replaceRoot],
  ['$replaceWith', replace],
]);
