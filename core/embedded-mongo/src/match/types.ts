import { mongoError } from '../errors.ts';
import { isNumber } from '../bson/exact.ts';
import { toInteger } from '../bson/numbers.ts';
import { Type, typeName } from '../bson/values.ts';
import type { Value } from '../bson/values.ts';

const numbers = [Type.double, Type.int, Type.long, Type.decimal];
const byName = new Map<string, number>(Object.values(Type).map((type) => [typeName(type), type]));

function typesOf(value: Value): readonly number[] {
  if (typeof value === 'string') {
    if (value === 'number') return numbers;
    const type = byName.get(value);
    if (type === undefined) throw mongoError('BadValue', `Unknown type name alias: ${value}`);
    return [type];
  }
  const number = isNumber(value) ? toInteger(value) : undefined;
  if (number === undefined) throw mongoError('TypeMismatch', 'type must be represented as a number or a string');
  const type = number === -1 ? Type.minKey : number;
  if (typeName(type) === 'unknown') throw mongoError('BadValue', `Invalid numerical type code: ${number}`);
  return [type];
}

/** The type numbers that `$type` asks for. */
export function parseTypes(value: Value): ReadonlySet<number> {
  const list = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw mongoError('FailedToParse', '$type must match at least one type');
  return new Set(list.flatMap(typesOf));
}
