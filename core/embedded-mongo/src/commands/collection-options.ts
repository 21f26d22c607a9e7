import { buildPipeline } from '../aggregate/run.ts';
import { isNumber } from '../bson/exact.ts';
import { toNumber } from '../bson/numbers.ts';
import { typeName, typeOf } from '../bson/values.ts';
import type { Doc, Value } from '../bson/values.ts';
import { mongoError } from '../errors.ts';
import { completeCollation } from '../match/collation.ts';
import { parseFilter } from '../match/parse.ts';

/** What a collection may not be here. */
const refused = [
  'timeseries',
  'clusteredIndex',
  'encryptedFields',
  'changeStreamPreAndPostImages',
  'expireAfterSeconds',
  'indexOptionDefaults',
  'storageEngine',
  'flags',
  'temp',
];

function isNothing(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === false) return true;
  if (isNumber(value)) return toNumber(value) === 0;
  if (!(value instanceof Map)) return false;
  return [...value.values()].every((one) => isNothing(one));
}

/** @throws MongoError 72 for a kind of collection that this engine does not have */
export function refuseKinds(given: Doc): void {
  for (const name of refused) {
    if (!isNothing(given.get(name))) throw mongoError('InvalidOptions', `the option '${name}' is not supported`);
  }
  if (!isNothing(given.get('capped'))) throw mongoError('InvalidOptions', 'capped collections are not supported');
  if (given.has('size') || given.has('max')) {
    throw mongoError(
      'InvalidOptions',
      "the 'capped' field needs to be true when either the 'size' or 'max' fields are present",
    );
  }
  if (given.get('autoIndexId') === false)
    throw mongoError('InvalidOptions', 'every collection has an index on _id: autoIndexId cannot be false');
}

function oneOf(field: string, value: Value, allowed: readonly string[]): string {
  if (typeof value !== 'string')
    throw mongoError(
      'TypeMismatch',
      `BSON field '${field}' is the wrong type '${typeName(typeOf(value))}', expected type 'string'`,
    );
  if (allowed.includes(value)) return value;
  throw mongoError('BadValue', `Enumeration value '${value}' for field '${field}' is not a valid value.`);
}

/** The validator's fields among a command's, checked. */
export function validatorOptions(command: string, given: Doc): Map<string, Value> {
  const options = new Map<string, Value>();
  const validator = given.get('validator');
  if (validator !== undefined) {
    if (!(validator instanceof Map))
      throw mongoError('TypeMismatch', `BSON field '${command}.validator' must be an object`);
    parseFilter(validator);
    options.set('validator', validator);
  }
  const level = given.get('validationLevel');
  if (level !== undefined)
    options.set('validationLevel', oneOf(`${command}.validationLevel`, level, ['off', 'strict', 'moderate']));
  const action = given.get('validationAction');
  if (action !== undefined)
    options.set('validationAction', oneOf(`${command}.validationAction`, action, ['error', 'warn']));
  return options;
}

/** The view's fields among a command's, checked. */
export function viewOptions(given: Doc): Map<string, Value> {
  const on = given.get('viewOn');
  const pipeline = given.get('pipeline') ?? [];
  if (on === undefined) {
    if (given.has('pipeline')) throw mongoError('InvalidOptions', "'pipeline' requires 'viewOn' to also be specified");
    return new Map();
  }
  if (typeof on !== 'string' || on === '') throw mongoError('BadValue', "'viewOn' cannot be empty");
  if (!Array.isArray(pipeline)) throw mongoError('TypeMismatch', "'pipeline' must be an array");
  buildPipeline(pipeline, { options: {}, read: () => [] });
  return new Map<string, Value>([
    ['viewOn', on],
    ['pipeline', pipeline],
  ]);
}

/**
 * What of a create command is kept.
 * @throws MongoError 72 and others
 */
export function creationOptions(given: Doc): Doc {
  refuseKinds(given);
  const view = viewOptions(given);
  const validator = validatorOptions('create', given);
  if (view.size > 0 && validator.size > 0) throw mongoError('InvalidOptions', 'a view cannot have a validator');
  const options: Doc = new Map([...validator, ...view]);
  const collation = completeCollation(given.get('collation'));
  if (collation) options.set('collation', collation);
  return options;
}
